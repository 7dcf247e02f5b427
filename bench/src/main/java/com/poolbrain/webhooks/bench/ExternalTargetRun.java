package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.load.BenchEventLoop;
import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TextSummary;
import com.poolbrain.webhooks.bench.scenario.Measurement;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import io.netty.handler.ssl.SslContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A run against another webhook server: prints the URLs to register, waits for Enter, publishes
/// one event, and measures if it was delivered.
final class ExternalTargetRun implements Callable<Integer> {

  private static final int DEFAULT_CONNECTIONS = 64;
  private static final int DEFAULT_RUN_SECONDS = 15;

  private final Terminal terminal;
  private final ExternalTargetOptions options;
  private final RunOptions runOptions;
  private final EventMarkers markers = new EventMarkers();

  ExternalTargetRun(Terminal terminal, ExternalTargetOptions options, RunOptions runOptions) {
    this.terminal = terminal;
    this.options = options;
    this.runOptions = runOptions;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PublishTarget target = PublishTarget.read(options.targetFile);
    RoundRobinRequests requests =
        new RoundRobinRequests(List.of(target), markers, options.receiverCount);
    try (BenchEventLoop eventLoop = new BenchEventLoop();
        Receiver receiver = newReceiver(eventLoop)) {
      promptForRegistration(receiver);
      Measurement measurement =
          new Measurement(
              eventLoop, markers, receiver::countInto, Progress.forTerminal(terminal), null);
      verifyFirstEvent(measurement, target.publishUrl(), requests);
      var _ = run(measurement, "warm-up", runOptions.warmUpSeconds(), target, requests);
      int seconds = runOptions.secondsOr(DEFAULT_RUN_SECONDS);
      RunResult run = run(measurement, "measured", seconds, target, requests);
      TextSummary.of(
              new ScenarioResult(
                  "target",
                  target.publishUrl().toString(),
                  List.of(run),
                  List.of(),
                  List.of(),
                  null))
          .forEach(terminal::println);
      return run.isCorrect() && run.counts().accepted() > 0 ? 0 : 1;
    }
  }

  private Receiver newReceiver(BenchEventLoop eventLoop) {
    return new Receiver(
        eventLoop,
        tlsByAddress(),
        markers,
        options.bindAddress(),
        options.receivePort == null ? 0 : options.receivePort);
  }

  private @Nullable Function<InetAddress, SslContext> tlsByAddress() {
    if (options.usesPlainHttp) {
      return null;
    }
    SslContext tls = ReceiverTls.loadOrCreate(options.caFile);
    return _ -> tls;
  }

  private void promptForRegistration(Receiver receiver) throws IOException {
    terminal.println("Register these URLs with the server:");
    for (int i = 0; i < options.receiverCount; i++) {
      terminal.println("  " + receiver.url(options.urlHost(), "/ok/" + i));
    }
    if (!options.usesPlainHttp) {
      terminal.println(
          "The server has to trust the CA " + options.caFile.toAbsolutePath().normalize() + ".");
    }
    terminal.println("Then press Enter.");
    var _ =
        new BufferedReader(new InputStreamReader(terminal.in(), Charset.defaultCharset()))
            .readLine();
  }

  private void verifyFirstEvent(
      Measurement measurement, URI publishUrl, RoundRobinRequests requests)
      throws InterruptedException {
    RunCounters counters =
        measurement.publishOne(publishUrl, requests, options.deliveryTimeoutSeconds);
    if (counters.firstRefusal() != null) {
      throw CommandException.of("the first publish was answered " + counters.firstRefusal());
    }
    if (counters.counts().accepted() == 0) {
      throw CommandException.of("the first publish got no response: the connection was lost.");
    }
    int received = counters.counts().received();
    if (received < options.receiverCount) {
      throw CommandException.of(
          ("the first event was accepted, but %d of %d deliveries arrived within %d s. Check that the"
                  + " URLs are registered, that the server may call them%s, and its delivery log.")
              .formatted(
                  received,
                  options.receiverCount,
                  options.deliveryTimeoutSeconds,
                  options.usesPlainHttp ? "" : " and trusts the CA"));
    }
    terminal.println(
        "The first event arrived after %.1f ms."
            .formatted(counters.endToEndLatencyMicros().getMaxValue() / 1e3));
  }

  private RunResult run(
      Measurement measurement,
      String name,
      int seconds,
      PublishTarget target,
      RoundRobinRequests requests)
      throws InterruptedException {
    LoadProfile profile =
        new LoadProfile(
            name,
            runOptions.connectionsOr(DEFAULT_CONNECTIONS),
            options.requestsPerSecond == null ? 0 : options.requestsPerSecond,
            seconds);
    RunResult run =
        measurement.run(profile, target.publishUrl(), requests, options.deliveryTimeoutSeconds);
    if (run.firstRefusal() != null) {
      terminal.println(
          "%s: %,d publishes were refused, the first with %s"
              .formatted(name, run.counts().refused(), run.firstRefusal()));
    }
    return run;
  }
}
