package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.Seams;
import com.poolbrain.webhooks.engine.Service;
import com.poolbrain.webhooks.engine.Watch;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.HttpLimits;
import com.poolbrain.webhooks.server.http.HttpService;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.ops.AttemptLog;
import com.poolbrain.webhooks.server.ops.Metrics;
import com.poolbrain.webhooks.server.ops.Watches;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.store.Partitions;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole service, put together.
///
/// ```java
/// try (var application = new Application(Settings.read(System.getenv(), null))) {
///   application.start();
///   System.out.println(application.url());
/// }
/// ```
public final class Application implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final Settings settings;
  private final Parts parts = new Parts();
  private @Nullable HttpService http;
  private @Nullable Storage storage;
  private List<Route> routes = List.of();

  /// A service at rest.
  public Application(Settings settings) {
    this.settings = settings;
  }

  /// Opens the database, joins the nodes and listens; or leaves nothing open.
  ///
  /// @throws com.poolbrain.webhooks.store.StartupException if the database can't be used
  /// @throws com.poolbrain.webhooks.engine.LedgerException if the database went away meanwhile
  /// @throws HttpService.CannotListen if the address can't be had
  @Override
  public void start() {
    try {
      run();
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  private void run() {
    if (settings.reporting().mail() != null) {
      LOG.warn("WEBHOOKS_SMTP_URL is set, but this version sends no notices yet.");
    }
    ThreadFactory threads = Thread.ofVirtual().name("webhooks-", 0).factory();
    var clock = new StoreClock(InstantSource.system());
    Meanwhile meanwhile = Meanwhile.begin(settings.sending().egress(), clock, parts);
    Storage stored = Storage.open(settings, clock, parts);
    storage = stored;
    Partitions partitions =
        parts.start(
            new Partitions(stored.database(), settings.store().retentionDays(), clock, threads));
    Metrics metrics = meanwhile.metrics().join();
    Catalogue catalogue = meanwhile.catalogue().join();
    var seams =
        new Seams(
            stored.ledger(),
            meanwhile.transport().join(),
            clock,
            threads,
            new SplittableRandom(new SecureRandom().nextLong()));
    Watch watch = new Watches(List.of(metrics, new AttemptLog()));
    Engine engine =
        parts.start(new Engine(seams, settings.sending().engine(), types(catalogue), watch));
    stored.onlyNode(engine.incarnation());
    metrics.watch(engine::pulse, clock);
    metrics.show(
        "webhooks.clock.ahead.seconds",
        "How far this machine's clock is ahead of the database's",
        () -> clock.ahead().toMillis() / 1000.0);
    metrics.show(
        "webhooks.endpoints.unreadable",
        "Endpoints whose stored secrets can't be read",
        stored.configuring().subscriptions()::unreadable);
    metrics.show(
        "webhooks.deliveries.outlived",
        "Deliveries that were still open when their day was dropped",
        partitions::removedOpen);
    var started = new Started(stored, engine, partitions, metrics, clock);
    listen(started, catalogue, meanwhile.vertx().join());
  }

  private void listen(Started started, Catalogue catalogue, Vertx vertx) {
    // Kept already, but its turn to be closed is before the engine's.
    parts.keep(() -> vertx.close().await());
    var address = new HttpService.Address(settings.http().host(), settings.http().port());
    routes = Routes.of(started, catalogue, settings.sending().egress().allowHttp());
    HttpService service =
        parts.start(
            new HttpService(vertx, address, started.storage().keys(), routes, HttpLimits.DEFAULT));
    started
        .metrics()
        .show("webhooks.request.bodies.bytes", "Request bodies in memory", service::bodiesHeld);
    http = service;
  }

  /// What the API consists of.
  public List<Route> routes() {
    return routes;
  }

  /// Where the API listens, without a slash at the end.
  public URI url() {
    String host = settings.http().host();
    return URI.create(
        "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, there(http).port()));
  }

  /// How others reach the API, as far as it was said: what links begin with.
  public URI publicUrl() {
    URI said = settings.http().publicUrl();
    return said == null ? url() : said;
  }

  /// The operator key that was made up for the embedded database at its first start; null if this
  /// is not its first start, or keys come from elsewhere.
  public @Nullable String newAdminKey() {
    GeneratedKeys.Kept kept = there(storage).admin();
    return kept != null && kept.created() ? kept.key() : null;
  }

  /// Where the operator key is kept that was made up; null if it comes from elsewhere.
  public @Nullable Path adminKeyFile() {
    GeneratedKeys.Kept kept = there(storage).admin();
    return kept == null ? null : kept.file();
  }

  /// Answers what is being answered, finishes the attempts that run, and closes everything, within
  /// 15 s.
  @Override
  public void close() {
    parts.close();
  }

  private static <T> T there(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the application is not started");
    }
    return part;
  }

  private static Function<String, @Nullable EventType> types(Catalogue catalogue) {
    return name ->
        catalogue
            .find(name)
            .map(found ->
                new EventType(
                    found.type().name(), found.type().aliases(), found.type().mayBeGrouped()))
            .orElse(null);
  }
}
