package com.poolbrain.webhooks.testkit.crash;

import com.poolbrain.webhooks.testkit.service.AuditedEndpoint;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.DeliveryAudit;
import com.poolbrain.webhooks.testkit.service.RecordingEndpoint;
import com.poolbrain.webhooks.testkit.service.RetryingPublishers;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Crash test: kills a node repeatedly and restarts it on the same data, while events are
/// published.
///
/// ```java
/// try (var run = new CrashTestRun(folder, CrashPlan.of(200, seed))) {
///   CrashReport report = run.run(System.out::println);
/// }
/// ```
public final class CrashTestRun implements AutoCloseable {

  private static final int COMPANIES = 2;
  private static final Duration INITIAL_START_ESTIMATE = Duration.ofSeconds(2);

  private final CrashPlan plan;
  private final ServiceEnvironment environment;
  private final Random random;
  private final List<KillPoint> remainingKillPoints = new ArrayList<>();
  private final List<TestCompany> companies = new ArrayList<>();
  private final RecordingEndpoint endpoint = RecordingEndpoint.slowAndFlaky();
  private final DeliveryAudit audit;
  private final RetryingPublishers publishers;
  private final List<CrashReport.Round> completedRounds = new ArrayList<>();
  private @Nullable ServiceProcess currentProcess;

  /// Process to publish to; null after it was killed.
  private volatile @Nullable ServiceProcess liveProcess;

  private long typicalStartNanos = INITIAL_START_ESTIMATE.toNanos();

  /// Starts the service once to create companies and endpoints.
  ///
  /// @param folder for the data; empty or missing
  public CrashTestRun(Path folder, CrashPlan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.environment =
        ServiceEnvironment.withEmbeddedDatabase(folder.resolve("data"))
            .without("WEBHOOKS_MASTER_KEY") // the service generates one in its folder
            .with("WEBHOOKS_RETRY_SCHEDULE", "200ms,400ms,1s")
            .withFewInFlight();
    this.audit = new DeliveryAudit(createEndpoints());
    endpoint.recordIn(audit);
    this.publishers =
        new RetryingPublishers(audit, this::serviceUrlIfReady, ServiceEnvironment.ADMIN_KEY);
  }

  private List<AuditedEndpoint> createEndpoints() {
    List<AuditedEndpoint> endpoints = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.serve(environment);
        ServiceClient client = service.api()) {
      for (int i = 0; i < COMPANIES; i++) {
        TestCompany company = TestCompany.create(client);
        String secret = company.subscribe(endpoint.url(company.id()), "customer.created").secret();
        endpoints.add(new AuditedEndpoint(company.id(), secret));
        companies.add(company);
      }
    }
    return endpoints;
  }

  /// Runs all rounds, then starts the node once more and waits until every delivery is recorded.
  ///
  /// @param progress receives each completed round
  public CrashReport run(Consumer<CrashReport.Round> progress) {
    long startNanos = System.nanoTime();
    for (int number = 1; number <= plan.rounds(); number++) {
      CrashReport.Round round = runRound(number);
      completedRounds.add(round);
      progress.accept(round);
    }
    boolean hasUndelivered = !awaitAllDelivered();
    return new CrashReport(
        plan,
        List.copyOf(completedRounds),
        audit.counts(),
        new CrashReport.Violations(
            hasUndelivered,
            audit.mismatches(),
            audit.lostNumbers(),
            publishers.unexpectedAnswers()),
        (System.nanoTime() - startNanos) / 1e9);
  }

  private CrashReport.Round runRound(int number) {
    KillPoint killPoint = nextKillPoint();
    boolean withDatabase = random.nextInt(3) == 0;
    double fraction = random.nextDouble();
    ServiceProcess process = start();
    publishers.publish(plan.eventsPerRound());
    long readyNanos = -1;
    if (killPoint == KillPoint.STARTING) {
      LockSupport.parkNanos((long) (fraction * 1.2 * typicalStartNanos));
    } else {
      readyNanos = awaitReady(process);
      awaitProgress(killPoint, fraction);
    }
    kill(process, withDatabase);
    long firstArrival = audit.firstArrivalSinceFault();
    return new CrashReport.Round(
        number,
        killPoint.name().toLowerCase(Locale.ROOT),
        withDatabase,
        readyNanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(readyNanos),
        firstArrival == 0
            ? -1
            : TimeUnit.NANOSECONDS.toMillis(firstArrival - process.startNanos()));
  }

  /// Every three rounds have each kill point once, in random order.
  private KillPoint nextKillPoint() {
    if (remainingKillPoints.isEmpty()) {
      remainingKillPoints.addAll(List.of(KillPoint.values()));
      Collections.shuffle(remainingKillPoints, random);
    }
    return remainingKillPoints.removeLast();
  }

  private ServiceProcess start() {
    audit.recordFault();
    ServiceProcess process = ServiceProcess.serve(environment);
    currentProcess = process;
    liveProcess = process;
    return process;
  }

  private @Nullable URI serviceUrlIfReady() {
    ServiceProcess process = liveProcess;
    return process == null ? null : process.urlIfReady();
  }

  private long awaitReady(ServiceProcess process) {
    process.url();
    typicalStartNanos = System.nanoTime() - process.startNanos();
    return typicalStartNanos;
  }

  /// Waits until a fraction of the round's events is accepted, or a fraction of the missing
  /// webhooks has arrived.
  private void awaitProgress(KillPoint killPoint, double fraction) {
    if (killPoint == KillPoint.ACCEPTING) {
      int target = (int) (publishers.remaining() * (1 - fraction));
      Await.until("events are accepted", () -> publishers.remaining() <= target);
    } else {
      Await.until("all events are accepted", () -> publishers.remaining() == 0);
      int target = (int) (audit.counts().lost() * (1 - fraction));
      Await.until("webhooks arrive", () -> audit.counts().lost() <= target);
    }
  }

  private void kill(ServiceProcess process, boolean withDatabase) {
    liveProcess = null;
    if (withDatabase) {
      process.killWithDatabase();
    } else {
      process.kill();
    }
  }

  /// Starts the node once more and waits until everything has arrived and is recorded.
  ///
  /// @return whether the service has recorded every delivery as delivered
  private boolean awaitAllDelivered() {
    try (ServiceProcess process = start();
        ServiceClient client = process.api()) {
      Await.until("all events are accepted", () -> publishers.remaining() == 0);
      boolean _ = Await.isReached(() -> audit.counts().lost() == 0);
      return Await.isReached(
          () -> companies.stream().allMatch(company -> company.withApi(client).isAllDelivered()));
    }
  }

  @Override
  public void close() {
    publishers.close();
    ServiceProcess process = currentProcess;
    if (process != null) {
      process.close();
    }
    endpoint.close();
  }
}
