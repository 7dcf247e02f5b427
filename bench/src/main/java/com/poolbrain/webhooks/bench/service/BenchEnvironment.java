package com.poolbrain.webhooks.bench.service;

import static java.util.Objects.requireNonNull;

import com.poolbrain.webhooks.bench.load.BenchEventLoop;
import com.poolbrain.webhooks.bench.load.EventMarkers;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.transport.HttpTransport;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// The service under test with its PostgreSQL, and receivers whose certificates it trusts. All of
/// it is closed and removed by `close()`, or when the process ends before, as by Ctrl-C.
public final class BenchEnvironment implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  /// Cheap ciphers, as busy servers choose. For TLS 1.3, BoringSSL decides itself.
  private static final List<String> CIPHERS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  private final CloseStack closeStack = new CloseStack();
  private final Thread shutdownHook = new Thread(closeStack::close, "bench-shutdown");
  private final LaunchCommand launchCommand;
  private final Path folder;
  private final TestCa ca = TestCa.create(InstantSource.system());
  private final Path caFile = ca.pemFile();
  private final EventMarkers markers = new EventMarkers();
  private final BenchEventLoop eventLoop = closeStack.keep(new BenchEventLoop());
  private final List<Receiver> receivers = new ArrayList<>();
  private final Receiver receiver;
  private final Receiver misbehavingReceiver;
  private final Postgres postgres;
  private final AtomicLong nextCompanyId = new AtomicLong(100);
  private volatile ServiceUnderTest service;

  /// Starts everything, with its data in a new folder.
  public BenchEnvironment(LaunchCommand launchCommand) throws InterruptedException {
    this.launchCommand = launchCommand;
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    try {
      Files.createDirectories(launchCommand.workFolder());
      folder = Files.createTempDirectory(launchCommand.workFolder(), "run-");
      closeStack.keep(() -> deleteRecursively(folder));
      receiver = newReceiver(LOOPBACK, List.of(LOOPBACK));
      misbehavingReceiver = newReceiver(LOOPBACK, List.of(LOOPBACK));
      Path programs = launchCommand.workFolder().resolve("programs");
      postgres = closeStack.keep(new Postgres(folder.resolve("database"), programs));
      service = startService();
      closeStack.keep(() -> service().close());
      service.awaitReady();
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("Can't write to " + launchCommand.workFolder(), e);
    } catch (InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private ServiceUnderTest startService() {
    return new ServiceUnderTest(launchCommand, folder, postgres.databaseSettings(), caFile);
  }

  private static void deleteRecursively(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Starts another receiver, with a certificate for each of its addresses.
  public Receiver newReceiver(String host, List<String> addresses) {
    Map<String, SslContext> tls = new HashMap<>();
    addresses.forEach(address -> tls.put(address, serverTls(ca.issue("localhost", address))));
    Receiver newReceiver =
        closeStack.keep(
            new Receiver(
                eventLoop,
                address -> requireNonNull(tls.get(address.getHostAddress())),
                markers,
                host,
                0));
    receivers.add(newReceiver);
    return newReceiver;
  }

  private static SslContext serverTls(X509Bundle certificate) {
    try {
      return SslContextBuilder.forServer(
              certificate.getKeyPair().getPrivate(), certificate.getCertificate())
          .sslProvider(BenchEventLoop.TLS_PROVIDER)
          .ciphers(CIPHERS)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Counts the deliveries at all receivers into these counters from now on.
  public void countInto(RunCounters counters) {
    receivers.forEach(each -> each.countInto(counters));
  }

  /// Restarts the service on the same database.
  public ServiceUnderTest restartService() throws InterruptedException {
    service.close();
    service = startService();
    service.awaitReady();
    return service;
  }

  /// Reserves consecutive company ids and returns the first.
  public long reserveCompanyIds(int count) {
    return nextCompanyId.getAndAdd(count);
  }

  /// A transport like that of the service, which trusts the receivers.
  public HttpTransport newTransport() {
    TransportSettings settings =
        TransportSettings.defaults()
            .withEgressPolicy(
                EgressPolicy.publicHttps().withAllowedNetworks(List.of(Cidr.parse("127.0.0.0/8"))))
            .withExtraCaCertificates(List.of(ca.certificate()));
    return new HttpTransport(settings, InstantSource.system());
  }

  /// The service.
  public ServiceUnderTest service() {
    return service;
  }

  /// The database of the service.
  public Postgres postgres() {
    return postgres;
  }

  /// The folder of all data, on a real disk.
  public Path folder() {
    return folder;
  }

  /// The thread of the load generator and the receivers.
  public BenchEventLoop eventLoop() {
    return eventLoop;
  }

  /// The markers of published events.
  public EventMarkers markers() {
    return markers;
  }

  /// The receiver of counted deliveries.
  public Receiver receiver() {
    return receiver;
  }

  /// The receiver of misbehaving endpoints: another port, so another host to the service.
  public Receiver misbehavingReceiver() {
    return misbehavingReceiver;
  }

  /// Whether it was closed, perhaps because the process ends.
  public boolean isClosed() {
    return closeStack.isClosed();
  }

  @Override
  public void close() {
    closeStack.close();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException _) {
      // The process is ending: the hook runs.
    }
  }
}
