package com.poolbrain.webhooks.bench.service;

import static java.util.Objects.requireNonNull;

import com.poolbrain.webhooks.bench.load.Loops;
import com.poolbrain.webhooks.bench.load.Marks;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.transport.Cidr;
import com.poolbrain.webhooks.transport.Destinations;
import com.poolbrain.webhooks.transport.HttpTransport;
import com.poolbrain.webhooks.transport.TransportSettings;
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
public final class House implements AutoCloseable {

  private final Program program;
  private final Path folder;
  private final Path authorityFile;
  private final Authority authority = new Authority(Instant.now());
  private final Marks marks = new Marks((int) (System.nanoTime() >>> 10));
  private final Loops loops = new Loops();
  private final List<Receiver> receivers = new ArrayList<>();
  private final Receiver receiver;
  private final Receiver hostile;
  private final Postgres postgres;
  private final AtomicLong companies = new AtomicLong(100);
  private final Teardown teardown = new Teardown();
  private volatile OwnService service;

  /// Builds it in a new folder, which is removed in the end.
  public House(Program program) throws IOException, InterruptedException {
    this.program = program;
    Files.createDirectories(program.folder());
    folder = Files.createTempDirectory(program.folder(), "run-");
    try {
      teardown.add(() -> remove(folder));
      authorityFile = authority.writeTo(folder.resolve("ca.pem"));
      teardown.add(loops::close);
      receiver = receiver("127.0.0.1", List.of("127.0.0.1"));
      hostile = receiver("127.0.0.1", List.of("127.0.0.1"));
      postgres = Postgres.start(folder.resolve("database"), program.folder().resolve("programs"));
      teardown.add(postgres::close);
      service = startService();
      teardown.add(() -> service().close());
      var _ = service.awaitReady();
    } catch (IOException | InterruptedException | RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private OwnService startService() throws IOException {
    return OwnService.start(program, folder, postgres.settings(), authorityFile);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// One more receiver, with a certificate for each of its addresses, as hosts have.
  public Receiver receiver(String host, List<String> addresses) throws IOException {
    Map<String, SslContext> tls = authority.servers(addresses);
    Receiver more =
        new Receiver(loops, at -> requireNonNull(tls.get(at.getHostAddress())), marks, host, 0);
    receivers.add(more);
    teardown.add(more::close);
    return more;
  }

  /// Counts what arrives at any receiver for another run from now on.
  public void count(Tally tally) {
    receivers.forEach(each -> each.count(tally));
  }

  /// Ends the service and starts it again on the same database.
  public OwnService restart() throws IOException, InterruptedException {
    service.close();
    service = startService();
    return service.awaitReady();
  }

  /// Ids of companies that nobody else has; the first of so many.
  public long companyIds(int count) {
    return companies.getAndAdd(count);
  }

  /// The service.
  public OwnService service() {
    return service;
  }

  /// Its database.
  public Postgres postgres() {
    return postgres;
  }

  /// Whom the service trusts.
  public Authority authority() {
    return authority;
  }

  /// The transport that deliveries use, for posts to these receivers without the service.
  public HttpTransport transport() {
    TransportSettings settings =
        TransportSettings.standard()
            .with(new Destinations(List.of(Cidr.parse("127.0.0.0/8")), false, null))
            .withExtraAuthorities(List.of(authority.certificate()));
    return new HttpTransport(settings, InstantSource.system());
  }

  /// Where everything is kept, on a real disk.
  public Path folder() {
    return folder;
  }

  /// The threads of generator and receivers.
  public Loops loops() {
    return loops;
  }

  /// The ids that events bear.
  public Marks marks() {
    return marks;
  }

  /// Where deliveries arrive that are counted.
  public Receiver receiver() {
    return receiver;
  }

  /// Where endpoints are that misbehave: another port, as another host.
  public Receiver hostile() {
    return hostile;
  }

  /// Whether it was closed, be it because this process is ending.
  public boolean isClosed() {
    return teardown.isClosed();
  }

  @Override
  public void close() throws IOException {
    teardown.close();
  }
}
