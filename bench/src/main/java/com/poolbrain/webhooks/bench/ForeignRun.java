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
import com.poolbrain.webhooks.bench.scenario.Stand;
import com.poolbrain.webhooks.bench.service.Authority;
import com.poolbrain.webhooks.bench.service.Meter;
import com.poolbrain.webhooks.bench.service.Whereabouts;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/// A run against a server that is not ours: says what to register there, waits until that is done,
/// and measures.
final class ForeignRun implements Callable<Integer> {

  private final Terminal terminal;
  private final ForeignOptions options;
  private final Pace pace;
  private final Authority authority = new Authority(Instant.now());

  ForeignRun(Terminal terminal, ForeignOptions options, Pace pace) {
    this.terminal = terminal;
    this.options = options;
    this.pace = pace;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    if (options.receivers() < 1 || options.receivers() > 64) {
      throw Failure.usage("--receivers is a number from 1 to 64.");
    }
    Target target = read(options.target());
    Marks marks = new Marks((int) (System.nanoTime() >>> 10));
    try (Loops loops = new Loops();
        Receiver receiver =
            new Receiver(
                loops,
                options.http() ? null : authority.server(List.of("127.0.0.1")),
                marks,
                "0.0.0.0",
                options.port())) {
      askToRegister(receiver);
      Rotation requests =
          new Rotation(List.of(new Template(target, marks, Instant.now())), options.receivers());
      run(
          new Load("warm-up", connections(), options.rate(), pace.warmUp()),
          target,
          requests,
          loops,
          receiver,
          marks);
      Measured measured =
          run(
              new Load("measured", connections(), options.rate(), seconds()),
              target,
              requests,
              loops,
              receiver,
              marks);
      Summary.of(
              new Chapter("target", target.publishUrl().toString(), List.of(measured), List.of()))
          .forEach(terminal::say);
      return measured.counts().lost() == 0 && measured.counts().wrong() == 0 ? 0 : 1;
    }
  }

  private static Target read(Path file) {
    try {
      return Target.read(file);
    } catch (IOException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private int connections() {
    return pace.connections() == null ? 64 : pace.connections();
  }

  private int seconds() {
    return pace.seconds() == null ? 15 : pace.seconds();
  }

  private void askToRegister(Receiver receiver) throws IOException {
    terminal.say("Register with the server that is measured:");
    for (int copy = 0; copy < options.receivers(); copy++) {
      terminal.say("  " + receiver.url("localhost", "/ok/" + copy));
    }
    if (!options.http()) {
      Path file = authority.writeTo(Path.of("bench-ca.pem").toAbsolutePath());
      terminal.say("It has to trust the authority in " + file + ".");
    }
    terminal.say("Then press Enter.");
    new BufferedReader(new InputStreamReader(terminal.in(), Charset.defaultCharset())).readLine();
  }

  private static Measured run(
      Load load, Target target, Rotation requests, Loops loops, Receiver receiver, Marks marks)
      throws IOException, InterruptedException, SQLException {
    Tally tally = Stand.tally(load, requests, requests.copies(), marks);
    receiver.count(tally);
    try (Generator generator = new Generator(loops, target.publishUrl(), load.connections());
        Meter meter = new Meter(null)) {
      long begin = System.nanoTime();
      Stand.publish(generator, load, requests, tally);
      Stand.awaitStragglers(tally);
      Whereabouts missing = Whereabouts.unknown(tally.missing());
      return Measured.of(load.name(), tally, missing, begin, meter.read());
    }
  }
}
