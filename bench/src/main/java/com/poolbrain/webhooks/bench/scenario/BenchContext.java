package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a scenario works with: the environment, the options, and the runs measured so far.
final class BenchContext {

  static final String EVENT_TYPE = "customer.created";

  private static final int DEFAULT_CONNECTIONS = 64;
  private static final int STEADY_REQUESTS_PER_SECOND = 500;
  private static final int DELIVERY_TIMEOUT_SECONDS = 60;

  /// Short: the service closes connections that are idle for thirty seconds.
  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  private static final long QUIET_TIMEOUT_SECONDS = 120;

  private final BenchEnvironment environment;
  private final RunOptions options;
  private final Progress progress;
  private final @Nullable MachineBaseline machineBaseline;
  private final Measurement measurement;
  private final List<RunResult> runs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean isWarm;

  /// @param machineBaseline null if it was not measured
  BenchContext(
      BenchEnvironment environment,
      RunOptions options,
      Progress progress,
      @Nullable MachineBaseline machineBaseline) {
    this.environment = environment;
    this.options = options;
    this.progress = progress;
    this.machineBaseline = machineBaseline;
    measurement =
        new Measurement(
            environment.eventLoop(),
            environment.markers(),
            environment::countInto,
            progress,
            environment);
  }

  /// All measured runs.
  List<RunResult> runs() {
    return runs;
  }

  /// Results that are neither runs nor targets.
  List<String> notes() {
    return notes;
  }

  BenchEnvironment environment() {
    return environment;
  }

  RunOptions options() {
    return options;
  }

  @Nullable MachineBaseline machineBaseline() {
    return machineBaseline;
  }

  Postgres postgres() {
    return environment.postgres();
  }

  Measurement measurement() {
    return measurement;
  }

  void show(String step) {
    progress.show(step);
  }

  ApiSetup apiSetup() {
    return new ApiSetup(environment.service());
  }

  /// Creates a company with one endpoint per path of the receiver.
  ///
  /// @return its id
  long createCompany(String... paths) {
    long company = environment.reserveCompanyIds(1);
    apiSetup().createCompany(company);
    for (String path : paths) {
      var _ = apiSetup().createEndpoint(company, EVENT_TYPE, environment.receiver().url(path));
    }
    return company;
  }

  /// Creates a company with one well-behaved endpoint.
  ///
  /// @return what publishes to it
  PublishTarget createTarget() {
    return apiSetup().newTarget(createCompany("/ok/0"), EVENT_TYPE);
  }

  /// Requests whose events have one delivery each.
  RoundRobinRequests requests(PublishTarget... targets) {
    return new RoundRobinRequests(List.of(targets), environment.markers(), 1);
  }

  /// Measures a fixed rate.
  RunResult runAtRate(
      String name, int requestsPerSecond, int defaultSeconds, RoundRobinRequests requests)
      throws InterruptedException {
    int connections = options.connectionsOr(DEFAULT_CONNECTIONS);
    int seconds = options.secondsOr(defaultSeconds);
    return run(new LoadProfile(name, connections, requestsPerSecond, seconds), requests);
  }

  /// Measures one company that publishes 500/s.
  RunResult runSteady(String name, int defaultSeconds, RoundRobinRequests requests)
      throws InterruptedException {
    return runAtRate(name, STEADY_REQUESTS_PER_SECOND, defaultSeconds, requests);
  }

  /// A closed loop with the usual number of connections.
  LoadProfile closedLoop(String name, int defaultSeconds) {
    return LoadProfile.closedLoop(
        name, options.connectionsOr(DEFAULT_CONNECTIONS), options.secondsOr(defaultSeconds));
  }

  /// Measures a load, after the warm-up.
  RunResult run(LoadProfile profile, RoundRobinRequests requests) throws InterruptedException {
    warmUp();
    RunResult run = measure(profile, requests, DELIVERY_TIMEOUT_SECONDS);
    runs.add(run);
    return run;
  }

  /// Runs a load without measuring it, so that the service has connections to the endpoints.
  void openConnections(LoadProfile profile, int seconds, RoundRobinRequests requests)
      throws InterruptedException {
    warmUp();
    int connectSeconds = options.fullOrQuick(seconds, 1);
    var _ =
        measure(
            LoadProfile.closedLoop(
                profile.name() + ", connecting", profile.connections(), connectSeconds),
            requests,
            CONNECT_TIMEOUT_SECONDS);
  }

  /// Full load, once, until the JVM has compiled the service.
  void warmUp() throws InterruptedException {
    if (!isWarm) {
      isWarm = true;
      var _ =
          measure(
              LoadProfile.closedLoop(
                  "warm-up", options.connectionsOr(DEFAULT_CONNECTIONS), options.warmUpSeconds()),
              requests(createTarget()),
              CONNECT_TIMEOUT_SECONDS);
    }
  }

  private RunResult measure(LoadProfile profile, RoundRobinRequests requests, int timeoutSeconds)
      throws InterruptedException {
    return measurement.run(profile, environment.service().publishUrl(), requests, timeoutSeconds);
  }

  /// Publishes without counting deliveries, until the time is over or so many events were
  /// published.
  void publishUncounted(LoadProfile profile, PublishTarget target, int maxEvents) {
    RunCounters counters = RunCounters.of(environment.markers(), maxEvents, 1);
    try (LoadGenerator generator =
        new LoadGenerator(environment.eventLoop(), target.publishUrl(), profile.connections())) {
      generator.run(
          profile, new RoundRobinRequests(List.of(target), environment.markers(), 0), counters);
    }
  }

  /// Waits until companies have no open deliveries.
  ///
  /// @param companyFilter SQL condition
  void awaitNoOpenDeliveries(String companyFilter) throws InterruptedException {
    String countSql = "select count(*) from open_delivery where " + companyFilter;
    await(
        "deliveries are open: " + companyFilter,
        QUIET_TIMEOUT_SECONDS,
        () -> environment.postgres().queryNumber(countSql) == 0);
  }

  /// Waits until a condition holds.
  ///
  /// @param otherwise what is the case until then
  void await(String otherwise, long timeoutSeconds, BooleanSupplier condition)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "After %d s still: %s".formatted(timeoutSeconds, otherwise));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
