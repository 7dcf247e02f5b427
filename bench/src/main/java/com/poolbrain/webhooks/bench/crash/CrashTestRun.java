package com.poolbrain.webhooks.bench.crash;

import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.testkit.service.AdminClient;
import com.poolbrain.webhooks.testkit.service.AuditedEndpoint;
import com.poolbrain.webhooks.testkit.service.DeliveryAudit;
import com.poolbrain.webhooks.testkit.service.RetryingPublishers;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Kills a node again and again, and starts it again on the same folder, while publishers go on.
///
/// ```java
/// try (var rounds = new CrashRounds(folder, CrashPlan.of(200, seed))) {
///   CrashReport report = rounds.run(System.out::println);
/// }
/// ```
public final class CrashTestRun implements AutoCloseable {

  /// Deliveries that a node may have sent and not have on record: attempts that run, and results
  /// that wait to be recorded. So many may come again after a kill.
  public static final int MAX_UNRECORDED = 4 * 32;

  private static final String MAX_IN_FLIGHT = "32";
  private static final String ADMIN_KEY = "pbk_crash-operator-0123456789abcdef";
  private static final List<Long> COMPANIES = List.of(40L, 41L);
  private static final Duration MAX_WAIT = Duration.ofSeconds(90);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
  private static final Duration INITIAL_START_ESTIMATE = Duration.ofSeconds(2);

  private final CrashPlan plan;
  private final Map<String, String> environment;
  private final Random random;
  private final List<KillPoint> remainingKillPoints = new ArrayList<>();
  private final Participants participants;
  private final List<CrashReport.Round> completedRounds = new ArrayList<>();
  private @Nullable ServiceProcess currentProcess;

  /// The one that is not killed yet.
  private volatile @Nullable ServiceProcess liveProcess;

  private long typicalStartNanos = INITIAL_START_ESTIMATE.toNanos();

  /// Who is there besides the service.
  private record Participants(
      DeliveryAudit deliveryAudit,
      RecordingEndpoint recordingEndpoint,
      RetryingPublishers retryingPublishers) {}

  /// Starts the service once, and sets everything up.
  ///
  /// @param folder for the data, empty or not there
  public CrashTestRun(Path folder, CrashPlan plan)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.plan = plan;
    this.random = new Random(plan.seed());
    Path caFile = folder.resolve("consumer.pem");
    this.environment =
        Map.of(
            "WEBHOOKS_MAX_IN_FLIGHT",
            MAX_IN_FLIGHT,
            "WEBHOOKS_PORT",
            "0",
            "WEBHOOKS_DATA_DIR",
            folder.resolve("data").toString(),
            "WEBHOOKS_ADMIN_KEY",
            ADMIN_KEY,
            "WEBHOOKS_ALLOWED_NETWORKS",
            "127.0.0.0/8",
            "WEBHOOKS_EXTRA_CA",
            caFile.toString(),
            "WEBHOOKS_RETRY_SCHEDULE",
            "200ms,400ms,1s",
            "WEBHOOKS_ATTEMPT_TIMEOUT",
            "30s");
    this.participants = participants(caFile);
  }

  private Participants participants(Path caFile)
      throws IOException, InterruptedException, GeneralSecurityException {
    var serverCertificate = new CertificateFiles(caFile).loadOrCreate(Instant.now());
    List<AuditedEndpoint> subscribers = new ArrayList<>();
    RecordingEndpoint recordingEndpoint = new RecordingEndpoint(serverCertificate);
    try (ServiceProcess first = ServiceProcess.start(environment);
        AdminClient adminClient = new AdminClient(first.url(), ADMIN_KEY)) {
      for (long company : COMPANIES) {
        subscribers.add(adminClient.createEndpoint(company, recordingEndpoint.url(company)));
      }
    }
    DeliveryAudit deliveryAudit = new DeliveryAudit(subscribers);
    recordingEndpoint.recordIn(deliveryAudit);
    return new Participants(
        deliveryAudit,
        recordingEndpoint,
        new RetryingPublishers(deliveryAudit, this::serviceUrlIfReady, ADMIN_KEY));
  }

  /// All rounds, then a last start that is left alone until everything has arrived.
  ///
  /// @param progress is told of each round
  public CrashReport run(Consumer<CrashReport.Round> progress)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    for (int number = 1; number <= plan.rounds(); number++) {
      CrashReport.Round round = runRound(number);
      completedRounds.add(round);
      progress.accept(round);
    }
    boolean hasUndelivered = finish();
    DeliveryAudit deliveryAudit = participants.deliveryAudit();
    return new CrashReport(
        plan,
        List.copyOf(completedRounds),
        deliveryAudit.counts(),
        new CrashReport.Violations(
            hasUndelivered,
            deliveryAudit.mismatches(),
            deliveryAudit.lostNumbers(),
            participants.retryingPublishers().unexpectedAnswers()),
        (System.nanoTime() - startNanos) / 1e9);
  }

  private CrashReport.Round runRound(int number) {
    KillPoint killPoint = nextKillPoint();
    boolean withDatabase = random.nextInt(3) == 0;
    double fraction = random.nextDouble();
    ServiceProcess serviceProcess = start();
    participants.retryingPublishers().publish(plan.eventsPerRound());
    long readyNanos = -1;
    if (killPoint == KillPoint.STARTING) {
      LockSupport.parkNanos((long) (fraction * 1.2 * typicalStartNanos));
    } else {
      readyNanos = awaitReady(serviceProcess);
      awaitProgress(killPoint, fraction);
    }
    kill(serviceProcess, withDatabase);
    long first = participants.deliveryAudit().firstArrivalSinceFault();
    return new CrashReport.Round(
        number,
        killPoint.name().toLowerCase(Locale.ROOT),
        withDatabase,
        readyNanos < 0 ? -1 : readyNanos / 1_000_000,
        first == 0 ? -1 : (first - serviceProcess.startNanos()) / 1_000_000);
  }

  /// Each moment comes once in three rounds.
  private KillPoint nextKillPoint() {
    if (remainingKillPoints.isEmpty()) {
      remainingKillPoints.addAll(List.of(KillPoint.values()));
      Collections.shuffle(remainingKillPoints, random);
    }
    return remainingKillPoints.removeLast();
  }

  private ServiceProcess start() {
    participants.deliveryAudit().recordFault();
    ServiceProcess serviceProcess = ServiceProcess.start(environment);
    currentProcess = serviceProcess;
    liveProcess = serviceProcess;
    return serviceProcess;
  }

  /// Where it is published to; null while that is nowhere.
  private @Nullable URI serviceUrlIfReady() {
    ServiceProcess serviceProcess = liveProcess;
    return serviceProcess == null ? null : serviceProcess.urlIfReady();
  }

  private long awaitReady(ServiceProcess serviceProcess) {
    serviceProcess.url();
    long elapsedNanos = System.nanoTime() - serviceProcess.startNanos();
    typicalStartNanos = elapsedNanos;
    return elapsedNanos;
  }

  /// Waits until some part of the round's work is done.
  private void awaitProgress(KillPoint killPoint, double fraction) {
    RetryingPublishers retryingPublishers = participants.retryingPublishers();
    if (killPoint == KillPoint.LOADED) {
      int remainingTarget = (int) (retryingPublishers.remaining() * (1 - fraction));
      await("events are accepted", () -> retryingPublishers.remaining() <= remainingTarget);
    } else {
      await("all events are accepted", () -> retryingPublishers.remaining() == 0);
      int missingTarget = (int) (participants.deliveryAudit().counts().lost() * (1 - fraction));
      await("webhooks arrive", () -> participants.deliveryAudit().counts().lost() <= missingTarget);
    }
  }

  private void kill(ServiceProcess serviceProcess, boolean withDatabase) {
    liveProcess = null;
    if (withDatabase) {
      serviceProcess.killWithDatabase();
    } else {
      serviceProcess.kill();
    }
  }

  /// Starts once more and waits until everything has arrived.
  ///
  /// @return whether the service says that it has left anything undone
  private boolean finish() throws IOException, InterruptedException {
    ServiceProcess lastProcess = start();
    awaitReady(lastProcess);
    await("everything is accepted", () -> participants.retryingPublishers().remaining() == 0);
    long deadlineNanos = System.nanoTime() + MAX_WAIT.toNanos();
    boolean hasUndelivered = true;
    try (AdminClient adminClient = new AdminClient(lastProcess.url(), ADMIN_KEY)) {
      while ((hasUndelivered || participants.deliveryAudit().counts().lost() > 0)
          && System.nanoTime() < deadlineNanos) {
        hasUndelivered = false;
        for (long company : COMPANIES) {
          hasUndelivered |= adminClient.countUndelivered(company) > 0;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    lastProcess.close();
    return hasUndelivered;
  }

  private static void await(String description, BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + MAX_WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "not within %d s: %s".formatted(MAX_WAIT.toSeconds(), description));
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  @Override
  public void close() {
    participants.retryingPublishers().close();
    ServiceProcess serviceProcess = currentProcess;
    if (serviceProcess != null) {
      serviceProcess.close();
    }
    participants.recordingEndpoint().close();
  }
}
