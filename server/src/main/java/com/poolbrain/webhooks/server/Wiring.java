package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.api.access.ApiExceptionMapper;
import com.poolbrain.webhooks.api.access.ApiKeyAuthorizer;
import com.poolbrain.webhooks.api.ops.OperationsRoutes;
import com.poolbrain.webhooks.api.ops.OperationsRoutes.HealthCheck;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.EngineDependencies;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.engine.statistics.StatisticsRecorder;
import com.poolbrain.webhooks.engine.statistics.StatisticsWriter;
import com.poolbrain.webhooks.http.HttpApplication;
import com.poolbrain.webhooks.http.HttpLimits;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.HttpService;
import com.poolbrain.webhooks.management.DeliveryManagement;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.management.live.LiveDeliveries;
import com.poolbrain.webhooks.management.session.PageAddress;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.telemetry.AttemptLogger;
import com.poolbrain.webhooks.server.telemetry.CompositeListener;
import com.poolbrain.webhooks.server.telemetry.Metrics;
import com.poolbrain.webhooks.store.jdbc.WriteProbe;
import com.poolbrain.webhooks.store.secret.ApiKeyFormat;
import com.poolbrain.webhooks.web.WebRoutes;
import com.poolbrain.webhooks.web.WebSettings;
import com.poolbrain.webhooks.web.WebUseCases;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/// All parts of a running service. The constructor creates and starts them in the order of their
/// dependencies; the [CloseStack] closes them in the opposite order.
final class Wiring {

  final StoreModule store;
  final List<HttpRoute> routes;
  final WebRoutes web;
  final HttpService http;

  private final Settings settings;
  private final CloseStack closeStack;
  private final ThreadFactory threads = Thread.ofVirtual().name("webhooks-", 0).factory();

  /// The threads of background work that must not wait for virtual threads, of which requests and
  /// attempts may keep all carriers busy.
  private final ThreadFactory platformThreads =
      Thread.ofPlatform().daemon().name("webhooks-platform-", 0).factory();

  private final DatabaseClock clock = new DatabaseClock(InstantSource.system());
  private final EventTypeRegistry eventTypes;
  private final Metrics metrics;
  private final Engine engine;
  private final UseCases useCases;
  private final NoticeModule notices;
  private final LiveDeliveries live;

  Wiring(Settings settings, CloseStack closeStack) {
    this.settings = settings;
    this.closeStack = closeStack;
    var parallel = ParallelStartup.start(settings.delivery().egress(), clock, closeStack);
    store =
        new StoreModule(
            settings,
            clock,
            platformThreads,
            types -> parallel.eventTypes().join().replaceOperatorTypes(types),
            closeStack);
    metrics = parallel.metrics().join();
    eventTypes = parallel.eventTypes().join();
    var dependencies =
        new EngineDependencies(
            store.ledger(),
            parallel.transport().join(),
            clock,
            threads,
            platformThreads,
            new SplittableRandom(new SecureRandom().nextLong()));
    var recorder = new StatisticsRecorder();
    metrics.gauge(
        "webhooks.statistics.dropped",
        "Results and skips that statistics lack, because the database was unavailable for too long",
        recorder::dropped);
    closeStack.start(
        new StatisticsWriter(recorder, store.statistics(), UUID.randomUUID(), clock, threads));
    EngineListener listener =
        new CompositeListener(List.of(metrics, new AttemptLogger(), recorder));
    engine =
        closeStack.start(
            new Engine(
                dependencies, settings.delivery().engine(), eventTypes::findEventType, listener));
    store.takeOverEmbedded(engine.incarnation());
    bindMetrics();
    JobWorks works = store.jobWorks(listener::onDeliveriesSkipped);
    var jobs = new BackgroundJobs(store, works, engine, eventTypes::findEventType, clock, threads);
    closeStack.start(jobs.runner);
    notices = new NoticeModule(settings, store, engine::incarnation, clock, platformThreads);
    notices.bindMetrics(metrics);
    closeStack.start(notices.sender);
    useCases =
        new UseCases(
            store,
            engine,
            eventTypes,
            clock,
            works,
            jobs,
            settings,
            parallel.transport().join(),
            this::pageAddress);
    live = closeStack.start(createLive());
    routes = createRoutes();
    web = createWeb();
    http = listen(parallel.vertx().join());
    metrics.gauge(
        "webhooks.request.bodies.bytes", "Request bodies in memory", http::bufferedBodyBytes);
    metrics.gauge(
        "webhooks.request.bodies.waiting",
        "Request bodies that wait until earlier ones of their API key are handled",
        http::waitingBodies);
  }

  private LiveDeliveries createLive() {
    var created =
        new LiveDeliveries(
            useCases.companies,
            store.deliveryLog(DeliveryManagement.runningAttempts(engine)),
            useCases.sessions,
            clock,
            threads);
    metrics.gauge(
        "webhooks.live.viewers", "Pages that show live deliveries of this node", created::viewers);
    metrics.gauge(
        "webhooks.live.looks",
        "Queries for live deliveries since the start of this node",
        created::looks);
    return created;
  }

  private List<HttpRoute> createRoutes() {
    var writeProbe = new WriteProbe(store.database().apiTransactions(), clock::nanoTime);
    List<HealthCheck> healthChecks =
        List.of(
            new HealthCheck("database", store.database()::isReachable),
            new HealthCheck("writes", writeProbe::isWritable),
            new HealthCheck("partitions", store.partitions()::isReady),
            new HealthCheck("lease", () -> engine.stats().isLeaseFresh()));
    ExecutorService healthThread = Executors.newSingleThreadExecutor(platformThreads);
    closeStack.keep(healthThread::shutdownNow);
    return RouteTable.create(
        useCases,
        engine,
        eventTypes,
        new OperationsRoutes(healthChecks, healthThread, metrics::scrape));
  }

  private PageAddress pageAddress() {
    return PageAddresses.of(settings.http(), () -> http.port());
  }

  private WebRoutes createWeb() {
    URI publicUrl = settings.http().publicUrl();
    Settings.PageSettings page = settings.http().page();
    return new WebRoutes(
        new WebSettings(
            publicUrl == null ? "" : String.valueOf(publicUrl.getRawPath()),
            publicUrl != null && String.valueOf(publicUrl.getScheme()).equals("https"),
            page.embedOrigins(),
            page.styleguide(),
            Duration.ofDays(settings.store().retentionDays()),
            settings.delivery().engine().schedule(),
            settings.delivery().engine().attemptTimeout(),
            settings.delivery().engine().endpointConcurrency(),
            () -> ApiKeyFormat.generate(StoreModule.RANDOM)),
        new WebUseCases(
            useCases.sessions,
            useCases.companies,
            useCases.endpoints,
            useCases.urlChecks,
            useCases.secrets,
            useCases.testSend,
            useCases.deliveries,
            useCases.statistics,
            useCases.exports,
            live,
            useCases.auditTrail,
            useCases.jobs,
            useCases.recovery,
            eventTypes,
            useCases.eventTypes,
            useCases.supportLookup,
            useCases.systemHealth,
            notices.recent,
            notices.unsubscription,
            clock));
  }

  private HttpService listen(Vertx vertx) {
    // On the stack already, but its event loops must end before the engine does.
    closeStack.keep(() -> vertx.close().await());
    var address = new HttpService.Address(settings.http().host(), settings.http().port());
    var authorizer =
        new ApiKeyAuthorizer(
            useCases.apiKeys::mayExist,
            useCases.apiKeys::authenticate,
            task -> threads.newThread(task).start());
    List<Cidr> trustedProxies = settings.http().trustedProxies();
    var service =
        closeStack.keep(
            new HttpService(
                vertx,
                address,
                new HttpApplication(
                    Stream.concat(routes.stream(), web.routes().stream()).toList(),
                    new RouteAuthorizer(authorizer, web.authorizer()),
                    new ApiExceptionMapper(),
                    web.problems(),
                    client -> trustedProxies.stream().anyMatch(proxy -> proxy.contains(client))),
                HttpLimits.withDefaults(Limits.MAX_REQUEST_BYTES)));
    service.start();
    return service;
  }

  private void bindMetrics() {
    metrics.bindEngine(engine::stats, clock);
    metrics.gauge(
        "webhooks.clock.skew.seconds",
        "Clock of this machine minus clock of the database",
        () -> clock.skew().toMillis() / 1000.0);
    metrics.gauge(
        "webhooks.endpoints.unreadable",
        "Endpoints whose stored secrets can't be decrypted",
        store.configReader()::unreadableEndpoints);
    metrics.gauge(
        "webhooks.deliveries.expired",
        "Open deliveries that were deleted with their partition at the end of the retention",
        store.partitions()::deletedOpenDeliveries);
  }
}
