package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.listen.Identity;
import com.poolbrain.webhooks.cli.listen.IdentityFiles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Our own service, a receiver and a generator, ready to be run against each other.
final class Bench implements AutoCloseable {

  private static final int EVENTS = 5_000_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Marks marks = new Marks((int) (System.nanoTime() >>> 10));
  private final Receiver receiver;
  private final OwnService service;

  /// What is to be run.
  ///
  /// @param batch events in each request
  /// @param rate requests a second on a fixed schedule; 0 for as many as are answered
  record Load(String name, int connections, int batch, int rate, int seconds) {}

  Bench(Path folder, List<String> jvm) throws IOException, InterruptedException {
    Path authority = folder.resolve("ca.pem");
    Identity identity = new IdentityFiles(authority).loadOrMake(Instant.now());
    PemKeyCertOptions certificate =
        new PemKeyCertOptions()
            .setCertValue(Buffer.buffer(identity.certificate()))
            .setKeyValue(Buffer.buffer(identity.key()));
    receiver = new Receiver(vertx, certificate, marks, new Tally(0, 1));
    service = new OwnService(folder, authority, jvm, freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  OwnService service() {
    return service;
  }

  /// The URL of a path of the receiver.
  String url(String path) {
    return "https://localhost:" + receiver.port() + path;
  }

  /// Publishes to a company, and waits until everything has arrived, at most a minute longer.
  Result run(Load load, Target target, int copies)
      throws InterruptedException, SQLException, IOException {
    Tally tally = new Tally(EVENTS, copies);
    receiver.count(tally);
    Template template = new Template(target.inBatchesOf(load.batch()), marks, Instant.now());
    Usage serviceBefore = Usage.of(service.service());
    Usage postgresBefore = service.postgresUsage();
    Usage benchBefore = Usage.ofOne(ProcessHandle.current().pid());
    long walBefore = service.walBytes();
    long begin = System.nanoTime();
    try (Publisher publisher = new Publisher(vertx, target.publishUrl(), load.connections())) {
      if (load.rate() == 0) {
        publisher.closedLoop(template, tally, load.seconds());
      } else {
        publisher.openLoop(template, tally, load.rate(), load.seconds());
      }
    }
    for (int i = 0; i < 6_000 && !tally.complete(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    double seconds = (tally.lastReceipt() - begin) / 1e9;
    Usage used = Usage.of(service.service());
    return new Result(
        load.name(),
        tally,
        seconds,
        new Result.Costs(
            used.since(serviceBefore).cpuMicros(),
            service.postgresUsage().since(postgresBefore).cpuMicros(),
            Usage.ofOne(ProcessHandle.current().pid()).since(benchBefore).cpuMicros(),
            service.walBytes() - walBefore,
            used.rssBytes()));
  }

  @Override
  public void close() {
    service.close();
    receiver.close();
    vertx.close().await();
  }

  /// Runs the basic scenarios.
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("webhooks-bench");
    List<String> jvm = new ArrayList<>(List.of(args));
    try (Bench bench = new Bench(folder, jvm)) {
      System.out.println("ready after " + bench.service().startedMillis() + " ms");
      bench.service().company(40);
      bench.service().endpoint(40, bench.url("/ok"));
      Target target = bench.service().target(40);
      for (Load load :
          List.of(
              new Load("warm-up, 64 connections", 64, 1, 0, 10),
              new Load("throughput, 64 connections", 64, 1, 0, 15),
              new Load("throughput, batches of 100, 16 connections", 16, 100, 0, 10),
              new Load("latency at 500/s", 16, 1, 500, 10),
              new Load("latency at 1,000/s", 16, 1, 1_000, 10),
              new Load("latency at 2,000/s", 32, 1, 2_000, 10))) {
        System.out.println(bench.run(load, target, 1));
      }
    }
  }
}
