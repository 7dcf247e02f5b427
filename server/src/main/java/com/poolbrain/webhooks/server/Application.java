package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.EngineDependencies;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.HttpService;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.telemetry.AttemptLogger;
import com.poolbrain.webhooks.server.telemetry.CompositeListener;
import com.poolbrain.webhooks.server.telemetry.Metrics;
import com.poolbrain.webhooks.store.partition.PartitionMaintenance;
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
  private final CloseStack closeStack = new CloseStack();
  private @Nullable HttpService http;
  private @Nullable StoreModule storeModule;
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
    if (settings.log().mail() != null) {
      LOG.warn("WEBHOOKS_SMTP_URL is set, but this version sends no notices yet.");
    }
    ThreadFactory threads = Thread.ofVirtual().name("webhooks-", 0).factory();
    var clock = new DatabaseClock(InstantSource.system());
    ParallelStartup parallelStartup =
        ParallelStartup.start(settings.delivery().egress(), clock, closeStack);
    StoreModule opened = StoreModule.open(settings, clock, closeStack);
    storeModule = opened;
    PartitionMaintenance partitionMaintenance =
        closeStack.start(
            new PartitionMaintenance(
                opened.database(), settings.store().retentionDays(), clock, threads));
    Metrics metrics = parallelStartup.metrics().join();
    EventCatalogue eventCatalogue = parallelStartup.catalogue().join();
    var engineDependencies =
        new EngineDependencies(
            opened.ledger(),
            parallelStartup.transport().join(),
            clock,
            threads,
            new SplittableRandom(new SecureRandom().nextLong()));
    EngineListener engineListener = new CompositeListener(List.of(metrics, new AttemptLogger()));
    Engine engine =
        closeStack.start(
            new Engine(
                engineDependencies,
                settings.delivery().engine(),
                eventTypeLookup(eventCatalogue),
                engineListener));
    opened.takeOverEmbedded(engine.incarnation());
    metrics.bindEngine(engine::stats, clock);
    metrics.gauge(
        "webhooks.clock.ahead.seconds",
        "How far this machine's clock is ahead of the database's",
        () -> clock.skew().toMillis() / 1000.0);
    metrics.gauge(
        "webhooks.endpoints.unreadable",
        "Endpoints whose stored secrets can't be read",
        opened.config().configReader()::unreadableEndpoints);
    metrics.gauge(
        "webhooks.deliveries.outlived",
        "Deliveries that were still open when their day was dropped",
        partitionMaintenance::deletedOpenDeliveries);
    var startedComponents =
        new StartedComponents(opened, engine, partitionMaintenance, metrics, clock);
    listen(startedComponents, eventCatalogue, parallelStartup.vertx().join());
  }

  private void listen(
      StartedComponents startedComponents, EventCatalogue eventCatalogue, Vertx vertx) {
    // Kept already, but its turn to be closed is before the engine's.
    closeStack.keep(() -> vertx.close().await());
    var address = new HttpService.Address(settings.http().host(), settings.http().port());
    routes =
        RouteTable.create(
            startedComponents, eventCatalogue, settings.delivery().egress().allowHttp());
    HttpService service =
        closeStack.start(
            new HttpService(
                vertx,
                address,
                startedComponents.storeModule().apiKeyLookup(),
                routes,
                HttpLimits.DEFAULT));
    startedComponents
        .metrics()
        .gauge(
            "webhooks.request.bodies.bytes",
            "Request bodies in memory",
            service::bufferedBodyBytes);
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
        "http://%s:%d"
            .formatted(host.contains(":") ? "[" + host + "]" : host, requireStarted(http).port()));
  }

  /// How others reach the API, as far as it was said: what links begin with.
  public URI publicUrl() {
    URI configured = settings.http().publicUrl();
    return configured == null ? url() : configured;
  }

  /// The operator key that was made up for the embedded database at its first start; null if this
  /// is not its first start, or keys come from elsewhere.
  public @Nullable String newAdminKey() {
    GeneratedKeys.StoredKey generatedKey = requireStarted(storeModule).adminKey();
    return generatedKey != null && generatedKey.created() ? generatedKey.key() : null;
  }

  /// Where the operator key is kept that was made up; null if it comes from elsewhere.
  public @Nullable Path adminKeyFile() {
    GeneratedKeys.StoredKey generatedKey = requireStarted(storeModule).adminKey();
    return generatedKey == null ? null : generatedKey.file();
  }

  /// Answers what is being answered, finishes the attempts that run, and closes everything, within
  /// 15 s.
  @Override
  public void close() {
    closeStack.close();
  }

  private static <T> T requireStarted(@Nullable T component) {
    if (component == null) {
      throw new IllegalStateException("the application is not started");
    }
    return component;
  }

  private static Function<String, @Nullable EventType> eventTypeLookup(
      EventCatalogue eventCatalogue) {
    return name ->
        eventCatalogue
            .find(name)
            .map(resolved ->
                new EventType(
                    resolved.type().name(),
                    resolved.type().aliases(),
                    resolved.type().mayBeGrouped()))
            .orElse(null);
  }
}
