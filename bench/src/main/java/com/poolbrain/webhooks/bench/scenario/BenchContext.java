package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RequestSource;
import com.poolbrain.webhooks.bench.load.RequestTemplate;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceMeter;
import com.poolbrain.webhooks.bench.service.ResourceUsage;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where scenarios run: the house with everything in it, how long runs are, and who is told how far
/// they are.
public final class BenchContext {

  private static final int MAX_EVENTS_PER_SECOND = 60_000;
  private static final long DELIVERY_TIMEOUT_SECONDS = 60;

  /// Short, for connections on which nothing is sent are closed after thirty.
  private static final long CONNECT_TIMEOUT_SECONDS = 5;

  private final BenchEnvironment benchEnvironment;
  private final RunOptions runOptions;
  private final Progress progress;
  private final @Nullable MachineBaseline machineBaseline;
  private final List<RunResult> runResults = new ArrayList<>();
  private boolean isWarm;

  /// @param machineBaseline of the machine, if they were measured
  public BenchContext(
      BenchEnvironment benchEnvironment,
      RunOptions runOptions,
      Progress progress,
      @Nullable MachineBaseline machineBaseline) {
    this.benchEnvironment = benchEnvironment;
    this.runOptions = runOptions;
    this.progress = progress;
    this.machineBaseline = machineBaseline;
  }

  /// What was measured here so far.
  List<RunResult> runResults() {
    return List.copyOf(runResults);
  }

  BenchEnvironment benchEnvironment() {
    return benchEnvironment;
  }

  RunOptions runOptions() {
    return runOptions;
  }

  @Nullable MachineBaseline machineBaseline() {
    return machineBaseline;
  }

  void announce(String activity) {
    progress.announce(activity);
  }

  ApiSetup apiSetup() {
    return new ApiSetup(benchEnvironment.service());
  }

  /// Ids of companies that nobody else has; the first of so many.
  long reserveCompanyIds(int count) {
    return benchEnvironment.reserveCompanyIds(count);
  }

  /// A company with one endpoint that takes everything; what publishes to it.
  PublishTarget createCompanyTarget() throws IOException, InterruptedException {
    long companyId = reserveCompanyIds(1);
    apiSetup().createCompany(companyId);
    apiSetup()
        .createEndpoint(
            companyId, "customer.created", benchEnvironment.receiver().url("localhost", "/ok/0"));
    return apiSetup().newTarget(companyId, "customer.created");
  }

  /// What publishes to a target, one event in each request.
  RoundRobinRequests singleEventRequests(PublishTarget publishTarget) {
    return new RoundRobinRequests(List.of(requestTemplate(publishTarget)), 1);
  }

  RequestTemplate requestTemplate(PublishTarget publishTarget) {
    return new RequestTemplate(publishTarget, benchEnvironment.eventMarkers(), Instant.now());
  }

  /// Runs, after warming up if nobody has.
  RunResult run(LoadProfile loadProfile, RequestSource requestSource, int fanOut)
      throws IOException, InterruptedException, SQLException {
    warmUp();
    RunResult run = measure(loadProfile, requestSource, fanOut, DELIVERY_TIMEOUT_SECONDS);
    runResults.add(run);
    return run;
  }

  /// The same without counting, so that connections are there.
  void runUnmeasured(LoadProfile loadProfile, RequestSource requestSource, int fanOut)
      throws IOException, InterruptedException, SQLException {
    warmUp();
    var _ = measure(loadProfile, requestSource, fanOut, CONNECT_TIMEOUT_SECONDS);
  }

  /// Full load until the compiler of the service is done.
  void warmUp() throws IOException, InterruptedException, SQLException {
    if (!isWarm) {
      isWarm = true;
      runUnmeasured(
          LoadProfile.closedLoop(
              "warm-up", runOptions.connectionsOr(64), runOptions.warmUpSeconds()),
          singleEventRequests(createCompanyTarget()),
          1);
    }
  }

  private RunResult measure(
      LoadProfile loadProfile, RequestSource requestSource, int fanOut, long timeoutSeconds)
      throws IOException, InterruptedException, SQLException {
    progress.startRun(loadProfile.name(), loadProfile.seconds());
    RunCounters runCounters =
        newCounters(loadProfile, requestSource, fanOut, benchEnvironment.eventMarkers());
    benchEnvironment.countInto(runCounters);
    URI url = benchEnvironment.service().url("/api/v1/events");
    try (LoadGenerator loadGenerator =
            new LoadGenerator(benchEnvironment.benchEventLoop(), url, loadProfile.connections());
        ResourceMeter resourceMeter = new ResourceMeter(benchEnvironment)) {
      long startNanos = System.nanoTime();
      publish(loadGenerator, loadProfile, requestSource, runCounters);
      awaitDeliveries(runCounters, timeoutSeconds);
      ResourceUsage resourceUsage = resourceMeter.readUsage();
      MissingDeliveries missing =
          MissingDeliveries.lookUp(
              benchEnvironment.postgres(),
              benchEnvironment.eventMarkers(),
              runCounters.missingByEvent());
      return RunResult.of(loadProfile.name(), runCounters, missing, startNanos, resourceUsage);
    } finally {
      progress.finish();
    }
  }

  /// An empty tally with room for a run.
  public static RunCounters newCounters(
      LoadProfile loadProfile, RequestSource requestSource, int fanOut, EventMarkers eventMarkers) {
    long eventsPerSecond =
        loadProfile.requestsPerSecond() == 0
            ? MAX_EVENTS_PER_SECOND
            : (long) loadProfile.requestsPerSecond() * requestSource.eventsPerRequest();
    int maxEvents =
        Math.toIntExact(eventsPerSecond * loadProfile.seconds() + requestSource.eventsPerRequest());
    return new RunCounters(eventMarkers.reserve(maxEvents), maxEvents, fanOut);
  }

  /// Publishes a load.
  public static void publish(
      LoadGenerator loadGenerator,
      LoadProfile loadProfile,
      RequestSource requestSource,
      RunCounters runCounters) {
    long nanos = TimeUnit.SECONDS.toNanos(loadProfile.seconds());
    if (loadProfile.requestsPerSecond() == 0) {
      loadGenerator.runClosedLoop(requestSource, runCounters, nanos);
    } else {
      loadGenerator.runOpenLoop(requestSource, runCounters, loadProfile.requestsPerSecond(), nanos);
    }
  }

  /// Waits until everything has arrived, at most a minute.
  static void awaitDeliveries(RunCounters runCounters) throws InterruptedException {
    awaitDeliveries(runCounters, DELIVERY_TIMEOUT_SECONDS);
  }

  /// Waits until everything has arrived, at most so many seconds.
  public static void awaitDeliveries(RunCounters runCounters, long seconds)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!runCounters.isComplete() && System.nanoTime() < deadlineNanos) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
