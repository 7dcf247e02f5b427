package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.load.BenchEventLoop;
import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RequestTemplate;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TextSummary;
import com.poolbrain.webhooks.bench.scenario.BenchContext;
import com.poolbrain.webhooks.bench.scenario.LoadProfile;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceMeter;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// A run against a server that is not ours: says what to register there, waits until that is done,
/// sees one event through, and measures.
final class ExternalTargetRun implements Callable<Integer> {

  private static final int DEFAULT_CONNECTIONS = 64;
  private static final int DEFAULT_RUN_SECONDS = 15;
  private static final long FIRST_EVENT_TIMEOUT_SECONDS = 10;

  private final Terminal terminal;
  private final ExternalTargetOptions targetOptions;
  private final RunOptions runOptions;
  private final EventMarkers eventMarkers = new EventMarkers((int) (System.nanoTime() >>> 10));

  ExternalTargetRun(Terminal terminal, ExternalTargetOptions targetOptions, RunOptions runOptions) {
    this.terminal = terminal;
    this.targetOptions = targetOptions;
    this.runOptions = runOptions;
  }

  /// Runs the scenarios against the target.
  ///
  /// @throws Failure if the target is none, nobody can listen or publish, or the first event is
  ///   refused or does not arrive
  @Override
  public Integer call() throws InterruptedException, SQLException {
    try {
      PublishTarget publishTarget = PublishTarget.read(targetOptions.targetFile());
      try (BenchEventLoop benchEventLoop = new BenchEventLoop();
          Receiver receiver = receiver(benchEventLoop);
          Progress progress = Progress.forTerminal(terminal)) {
        promptForRegistration(receiver);
        return new TargetMeasurement(publishTarget, benchEventLoop, receiver, progress).measure();
      }
    } catch (IOException e) {
      throw CommandException.of(String.valueOf(e.getMessage()));
    }
  }

  private Receiver receiver(BenchEventLoop benchEventLoop) throws IOException {
    return new Receiver(
        benchEventLoop,
        targetOptions.usesPlainHttp() ? null : ReceiverTls.loadOrCreate(targetOptions.caFile()),
        eventMarkers,
        targetOptions.bindAddress(),
        targetOptions.receivePort());
  }

  private void promptForRegistration(Receiver receiver) throws IOException {
    terminal.println("Register with the server that is measured:");
    for (int receiverIndex = 0; receiverIndex < targetOptions.receiverCount(); receiverIndex++) {
      terminal.println("  " + receiver.url(targetOptions.receiveHost(), "/ok/" + receiverIndex));
    }
    if (!targetOptions.usesPlainHttp()) {
      terminal.println(
          "It has to trust the authority in "
              + targetOptions.caFile().toAbsolutePath().normalize()
              + ".");
    }
    terminal.println("Then press Enter.");
    var _ =
        new BufferedReader(new InputStreamReader(terminal.in(), Charset.defaultCharset()))
            .readLine();
  }

  /// Everything after registering.
  private final class TargetMeasurement {
    private final PublishTarget publishTarget;
    private final BenchEventLoop benchEventLoop;
    private final Receiver receiver;
    private final Progress progress;
    private final RoundRobinRequests requests;

    TargetMeasurement(
        PublishTarget publishTarget,
        BenchEventLoop benchEventLoop,
        Receiver receiver,
        Progress progress) {
      this.publishTarget = publishTarget;
      this.benchEventLoop = benchEventLoop;
      this.receiver = receiver;
      this.progress = progress;
      requests =
          new RoundRobinRequests(
              List.of(new RequestTemplate(publishTarget, eventMarkers, Instant.now())),
              targetOptions.receiverCount());
    }

    int measure() throws IOException, InterruptedException, SQLException {
      verifyFirstEvent();
      int connections = runOptions.connectionsOr(DEFAULT_CONNECTIONS);
      var _ =
          run(
              new LoadProfile(
                  "warm-up",
                  connections,
                  targetOptions.requestsPerSecond(),
                  runOptions.warmUpSeconds()));
      RunResult run =
          run(
              new LoadProfile(
                  "measured",
                  connections,
                  targetOptions.requestsPerSecond(),
                  runOptions.secondsOr(DEFAULT_RUN_SECONDS)));
      TextSummary.of(
              new ScenarioResult(
                  "target", publishTarget.publishUrl().toString(), List.of(run), List.of()))
          .forEach(terminal::println);
      boolean isSuccessful = run.counts().lost() == 0 && run.counts().unexpected() == 0;
      return isSuccessful && run.counts().accepted() > 0 ? 0 : 1;
    }

    private void verifyFirstEvent() throws IOException, InterruptedException {
      RunCounters runCounters = new RunCounters(eventMarkers.reserve(1), 1, requests.fanOut());
      receiver.countInto(runCounters);
      try (LoadGenerator loadGenerator =
          new LoadGenerator(benchEventLoop, publishTarget.publishUrl(), 1)) {
        loadGenerator.runClosedLoop(
            requests, runCounters, TimeUnit.SECONDS.toNanos(FIRST_EVENT_TIMEOUT_SECONDS));
        String refusal = loadGenerator.firstRefusal();
        if (refusal != null) {
          throw CommandException.of("the first publish was answered " + refusal);
        }
        if (runCounters.accepted() == 0) {
          throw CommandException.of("the first publish was not answered: the connection was lost.");
        }
      }
      BenchContext.awaitDeliveries(runCounters, targetOptions.deliveryTimeoutSeconds());
      if (runCounters.received() < requests.fanOut()) {
        throw CommandException.of(missingDeliveriesMessage(runCounters.received()));
      }
      terminal.println(
          String.format(
              Locale.ROOT,
              "The first event arrived after %.1f ms.",
              runCounters.endToEndLatencyMicros().getMaxValue() / 1e3));
    }

    private String missingDeliveriesMessage(int received) {
      return ("the first event was accepted, but %d of %d deliveries arrived within %d s. Check what"
              + " is registered, whether the server may call these addresses%s, and what it says"
              + " about its attempts.")
          .formatted(
              received,
              requests.fanOut(),
              targetOptions.deliveryTimeoutSeconds(),
              targetOptions.usesPlainHttp() ? "" : " and trusts the authority");
    }

    private RunResult run(LoadProfile loadProfile)
        throws IOException, InterruptedException, SQLException {
      RunCounters runCounters =
          BenchContext.newCounters(loadProfile, requests, requests.fanOut(), eventMarkers);
      receiver.countInto(runCounters);
      progress.startRun(loadProfile.name(), loadProfile.seconds());
      try (LoadGenerator loadGenerator =
              new LoadGenerator(
                  benchEventLoop, publishTarget.publishUrl(), loadProfile.connections());
          ResourceMeter resourceMeter = new ResourceMeter(null)) {
        long startNanos = System.nanoTime();
        BenchContext.publish(loadGenerator, loadProfile, requests, runCounters);
        BenchContext.awaitDeliveries(runCounters, targetOptions.deliveryTimeoutSeconds());
        reportRefusals(loadProfile, runCounters, loadGenerator);
        return RunResult.of(
            loadProfile.name(),
            runCounters,
            MissingDeliveries.allLost(runCounters.missingCount()),
            startNanos,
            resourceMeter.readUsage());
      } finally {
        progress.finish();
      }
    }

    private void reportRefusals(
        LoadProfile loadProfile, RunCounters runCounters, LoadGenerator loadGenerator) {
      if (loadGenerator.firstRefusal() != null) {
        terminal.println(
            "%s: %,d publishes were refused, the first with %s"
                .formatted(
                    loadProfile.name(), runCounters.refused(), loadGenerator.firstRefusal()));
      }
    }
  }
}
