package com.poolbrain.webhooks.bench.service;

import static java.util.Objects.requireNonNull;

import com.poolbrain.webhooks.bench.load.BenchEventLoop;
import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.transport.EgressPolicy;
import com.poolbrain.webhooks.transport.HttpTransport;
import com.poolbrain.webhooks.transport.TransportSettings;
import com.poolbrain.webhooks.transport.address.Cidr;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Everything that a run of our own service needs: PostgreSQL, the service, and receivers that it
/// trusts.
public final class BenchEnvironment implements AutoCloseable {

  private final LaunchCommand launchCommand;
  private final Path folder;
  private final Path caFile;
  private final BenchCa benchCa = new BenchCa(Instant.now());
  private final EventMarkers eventMarkers = new EventMarkers((int) (System.nanoTime() >>> 10));
  private final BenchEventLoop benchEventLoop = new BenchEventLoop();
  private final List<Receiver> receivers = new ArrayList<>();
  private final Receiver receiver;
  private final Receiver misbehavingReceiver;
  private final Postgres postgres;
  private final AtomicLong nextCompanyId = new AtomicLong(100);
  private final CloseStack closeStack = new CloseStack();
  private final Thread shutdownHook = new Thread(closeStack::close, "bench-shutdown");
  private volatile ServiceUnderTest service;

  /// Builds it in a new folder, which is removed in the end.
  public BenchEnvironment(LaunchCommand launchCommand) throws IOException, InterruptedException {
    this.launchCommand = launchCommand;
    Files.createDirectories(launchCommand.workFolder());
    folder = Files.createTempDirectory(launchCommand.workFolder(), "run-");
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    try {
      closeStack.keep(() -> deleteRecursively(folder));
      caFile = benchCa.writePem(folder.resolve("ca.pem"));
      closeStack.keep(benchEventLoop);
      receiver = receiver("127.0.0.1", List.of("127.0.0.1"));
      misbehavingReceiver = receiver("127.0.0.1", List.of("127.0.0.1"));
      postgres =
          Postgres.start(
              folder.resolve("database"), launchCommand.workFolder().resolve("programs"));
      closeStack.keep(postgres);
      service = startService();
      closeStack.keep(() -> service().close());
      var _ = service.awaitReady();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private ServiceUnderTest startService() throws IOException {
    return ServiceUnderTest.start(launchCommand, folder, postgres.databaseSettings(), caFile);
  }

  private static void deleteRecursively(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// One more receiver, with a certificate for each of its addresses, as hosts have.
  public Receiver receiver(String host, List<String> addresses) throws IOException {
    Map<String, SslContext> tls = benchCa.serverContexts(addresses);
    Receiver newReceiver =
        new Receiver(
            benchEventLoop,
            address -> requireNonNull(tls.get(address.getHostAddress())),
            eventMarkers,
            host,
            0);
    receivers.add(newReceiver);
    closeStack.keep(newReceiver);
    return newReceiver;
  }

  /// Counts what arrives at any receiver for another run from now on.
  public void countInto(RunCounters runCounters) {
    receivers.forEach(each -> each.countInto(runCounters));
  }

  /// Ends the service and starts it again on the same database.
  public ServiceUnderTest restartService() throws IOException, InterruptedException {
    service.close();
    service = startService();
    return service.awaitReady();
  }

  /// Ids of companies that nobody else has; the first of so many.
  public long reserveCompanyIds(int count) {
    return nextCompanyId.getAndAdd(count);
  }

  /// The service.
  public ServiceUnderTest service() {
    return service;
  }

  /// Its database.
  public Postgres postgres() {
    return postgres;
  }

  /// Whom the service trusts.
  public BenchCa benchCa() {
    return benchCa;
  }

  /// The transport that deliveries use, for posts to these receivers without the service.
  public HttpTransport newTransport() {
    TransportSettings settings =
        TransportSettings.standard()
            .with(new EgressPolicy(List.of(Cidr.parse("127.0.0.0/8")), false, null))
            .withExtraCaCertificates(List.of(benchCa.certificate()));
    return new HttpTransport(settings, InstantSource.system());
  }

  /// Where everything is kept, on a real disk.
  public Path folder() {
    return folder;
  }

  /// The threads of generator and receivers.
  public BenchEventLoop benchEventLoop() {
    return benchEventLoop;
  }

  /// The ids that events bear.
  public EventMarkers eventMarkers() {
    return eventMarkers;
  }

  /// Where deliveries arrive that are counted.
  public Receiver receiver() {
    return receiver;
  }

  /// Where endpoints are that misbehave: another port, as another host.
  public Receiver misbehavingReceiver() {
    return misbehavingReceiver;
  }

  /// Whether it was closed, be it because this process is ending.
  public boolean isClosed() {
    return closeStack.isClosed();
  }

  @Override
  public void close() {
    closeStack.close();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException _) {
      // The hook is running, because the process is ending.
    }
  }
}
