package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.load.Generator;
import com.poolbrain.webhooks.bench.load.Loops;
import com.poolbrain.webhooks.bench.load.Marks;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.load.Template;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.report.Summary;
import com.poolbrain.webhooks.bench.scenario.Load;
import com.poolbrain.webhooks.bench.scenario.Pace;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.Stand;
import com.poolbrain.webhooks.bench.service.Meter;
import com.poolbrain.webhooks.bench.service.Whereabouts;
import com.poolbrain.webhooks.cli.terminal.Failure;
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
final class ForeignRun implements Callable<Integer> {

  private static final int CONNECTIONS = 64;
  private static final int SECONDS = 15;
  private static final long SECONDS_OF_FIRST = 10;

  private final Terminal terminal;
  private final ForeignOptions options;
  private final Pace pace;
  private final Marks marks = new Marks((int) (System.nanoTime() >>> 10));

  ForeignRun(Terminal terminal, ForeignOptions options, Pace pace) {
    this.terminal = terminal;
    this.options = options;
    this.pace = pace;
  }

  /// @throws Failure if the target is none, nobody can listen or publish, or the first event is
  ///   refused or does not arrive
  @Override
  public Integer call() throws InterruptedException, SQLException {
    try {
      Target target = Target.read(options.target());
      try (Loops loops = new Loops();
          Receiver receiver = receiver(loops);
          Progress progress = Progress.on(terminal)) {
        askToRegister(receiver);
        return new Publishing(target, loops, receiver, progress).measure();
      }
    } catch (IOException e) {
      throw Failure.of(String.valueOf(e.getMessage()));
    }
  }

  private Receiver receiver(Loops loops) throws IOException {
    return new Receiver(
        loops,
        options.http() ? null : ReceiverTls.of(options.authority()),
        marks,
        options.bound(),
        options.port());
  }

  private void askToRegister(Receiver receiver) throws IOException {
    terminal.say("Register with the server that is measured:");
    for (int copy = 0; copy < options.receivers(); copy++) {
      terminal.say("  " + receiver.url(options.host(), "/ok/" + copy));
    }
    if (!options.http()) {
      terminal.say(
          "It has to trust the authority in "
              + options.authority().toAbsolutePath().normalize()
              + ".");
    }
    terminal.say("Then press Enter.");
    var _ =
        new BufferedReader(new InputStreamReader(terminal.in(), Charset.defaultCharset()))
            .readLine();
  }

  /// Everything after registering.
  private final class Publishing {
    private final Target target;
    private final Loops loops;
    private final Receiver receiver;
    private final Progress progress;
    private final Rotation requests;

    Publishing(Target target, Loops loops, Receiver receiver, Progress progress) {
      this.target = target;
      this.loops = loops;
      this.receiver = receiver;
      this.progress = progress;
      requests =
          new Rotation(List.of(new Template(target, marks, Instant.now())), options.receivers());
    }

    int measure() throws IOException, InterruptedException, SQLException {
      seeOneThrough();
      int connections = pace.connectionsOr(CONNECTIONS);
      var _ = run(new Load("warm-up", connections, options.rate(), pace.warmUp()));
      Measured run =
          run(new Load("measured", connections, options.rate(), pace.secondsOr(SECONDS)));
      Summary.of(new Chapter("target", target.publishUrl().toString(), List.of(run), List.of()))
          .forEach(terminal::say);
      boolean whole = run.counts().lost() == 0 && run.counts().wrong() == 0;
      return whole && run.counts().accepted() > 0 ? 0 : 1;
    }

    private void seeOneThrough() throws IOException, InterruptedException {
      Tally tally = new Tally(marks.numbers(1), 1, requests.copies());
      receiver.count(tally);
      try (Generator generator = new Generator(loops, target.publishUrl(), 1)) {
        generator.closedLoop(requests, tally, TimeUnit.SECONDS.toNanos(SECONDS_OF_FIRST));
        String refusal = generator.refusal();
        if (refusal != null) {
          throw Failure.of("the first publish was answered " + refusal);
        }
        if (tally.accepted() == 0) {
          throw Failure.of("the first publish was not answered: the connection was lost.");
        }
      }
      Stand.awaitStragglers(tally, options.patience());
      if (tally.received() < requests.copies()) {
        throw Failure.of(missing(tally.received()));
      }
      terminal.say(
          String.format(
              Locale.ROOT,
              "The first event arrived after %.1f ms.",
              tally.endToEndMicros().getMaxValue() / 1e3));
    }

    private String missing(int received) {
      return ("the first event was accepted, but %d of %d deliveries arrived within %d s. Check what"
              + " is registered, whether the server may call these addresses%s, and what it says"
              + " about its attempts.")
          .formatted(
              received,
              requests.copies(),
              options.patience(),
              options.http() ? "" : " and trusts the authority");
    }

    private Measured run(Load load) throws IOException, InterruptedException, SQLException {
      Tally tally = Stand.tally(load, requests, requests.copies(), marks);
      receiver.count(tally);
      progress.begin(load.name(), load.seconds());
      try (Generator generator = new Generator(loops, target.publishUrl(), load.connections());
          Meter meter = new Meter(null)) {
        long begin = System.nanoTime();
        Stand.publish(generator, load, requests, tally);
        Stand.awaitStragglers(tally, options.patience());
        sayIfRefused(load, tally, generator);
        return Measured.of(
            load.name(), tally, Whereabouts.unknown(tally.missing()), begin, meter.read());
      } finally {
        progress.end();
      }
    }

    private void sayIfRefused(Load load, Tally tally, Generator generator) {
      if (generator.refusal() != null) {
        terminal.say(
            "%s: %,d publishes were refused, the first with %s"
                .formatted(load.name(), tally.refused(), generator.refusal()));
      }
    }
  }
}
