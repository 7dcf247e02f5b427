package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.engine.attempt.AttemptExecutor;
import com.poolbrain.webhooks.engine.attempt.AttemptPipeline;
import com.poolbrain.webhooks.engine.attempt.AttemptRules;
import com.poolbrain.webhooks.engine.attempt.ErasedContentCanceller;
import com.poolbrain.webhooks.engine.attempt.ResultWriter;
import com.poolbrain.webhooks.engine.claim.DueDeliveryPoller;
import com.poolbrain.webhooks.engine.claim.ObsoleteDeliverySweeper;
import com.poolbrain.webhooks.engine.commit.CommitCoordinator;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.DispatchContext;
import com.poolbrain.webhooks.engine.dispatch.DispatchLimits;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.intake.EventIntake;
import com.poolbrain.webhooks.engine.intake.FanOutPlanner;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.intake.PublishedEvent.EventItem;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.manual.Cancellation;
import com.poolbrain.webhooks.engine.manual.ManualAttemptLimiter;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.engine.manual.PendingResults;
import com.poolbrain.webhooks.engine.manual.Redelivery;
import com.poolbrain.webhooks.engine.manual.StartedOperation;
import com.poolbrain.webhooks.engine.manual.TestSend;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.SharedRandom;
import com.poolbrain.webhooks.engine.runtime.ShutdownGate;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves every delivery from accepted to recorded, and survives being killed at any line.
///
/// ```java
/// var engine = new Engine(dependencies, settings, eventTypes, listener);
/// engine.start();
/// PublishResult durable = engine.publish(request).join();
/// engine.close();
/// ```
public final class Engine implements Service {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  /// How long an interrupted attempt takes at most to end.
  private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);

  private final Clock clock;
  private final EngineSettings settings;
  private final AttemptRules rules;
  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final WakeableLoop releaseLoop;
  private final EventIntake intake;
  private final AttemptExecutor executor;
  private final ResultWriter results;
  private final DueDeliveryPoller poller;
  private final EngineListener listener;
  private final ManualAttemptLimiter limiter;
  private final PendingResults pendingResults;
  private final Redelivery redelivery;
  private final TestSend testSend;
  private final Cancellation cancellation;
  private final ShutdownGate gate =
      new ShutdownGate(() -> new LedgerException.Unavailable("the service is shutting down"));
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// An engine that is not started yet.
  ///
  /// @param eventTypes event types by any of their names, null for an unknown name
  /// @param listener called for everything that happens
  public Engine(
      EngineDependencies dependencies,
      EngineSettings settings,
      Function<String, @Nullable EventType> eventTypes,
      EngineListener listener) {
    this.settings = settings;
    clock = dependencies.clock();
    Ledger ledger = dependencies.ledger();
    ThreadFactory threads = dependencies.threads();
    ThreadFactory platformThreads = dependencies.platformThreads();
    SharedRandom random = new SharedRandom(dependencies.random());
    UuidV7Generator ids = new UuidV7Generator(clock, random);
    CommitCoordinator coordinator = new CommitCoordinator(clock, threads, platformThreads);
    SafeListener safeListener = new SafeListener(listener);
    this.listener = safeListener;

    lease = new NodeLease(ledger, clock, ids, settings.lease(), platformThreads);
    dispatcher =
        new DeliveryDispatcher(
            DispatchLimits.of(settings.maxInFlight()), new EngineDispatchContext());
    releaseLoop = new WakeableLoop(clock, threads, dispatcher::releaseWaiting);
    intake =
        new EventIntake(
            ledger,
            lease,
            dispatcher,
            new FanOutPlanner(ids, clock),
            coordinator,
            safeListener::onEventsAccepted);

    rules = new AttemptRules(settings.schedule(), settings.attemptTimeout(), random, eventTypes);
    results = new ResultWriter(ledger, coordinator);
    executor =
        new AttemptExecutor(
            lease,
            dispatcher,
            new AttemptPipeline(lease, rules, dependencies.transport(), clock, ids),
            results,
            threads);

    ObsoleteDeliverySweeper sweeper =
        new ObsoleteDeliverySweeper(ledger, eventTypes, safeListener::onDeliveriesSkipped);
    poller = new DueDeliveryPoller(ledger, lease, dispatcher, sweeper, clock, platformThreads);

    limiter = new ManualAttemptLimiter(settings.maxInFlight(), this::quota);
    pendingResults = new PendingResults(clock);
    redelivery = new Redelivery(ledger, lease, dispatcher, limiter, results);
    testSend = new TestSend(lease, dispatcher, limiter, pendingResults, ids, clock);
    cancellation =
        new Cancellation(
            ledger, dispatcher, results, pendingResults, safeListener::onDeliveriesSkipped);

    lease.subscribe(
        sweeper, poller, dispatcher, new ErasedContentCanceller(lease, dispatcher, results));
    results.subscribe(dispatcher, safeListener, poller, limiter, pendingResults);
  }

  /// Registers this node and starts the work.
  ///
  /// @throws LedgerException if the ledger can't be reached
  @Override
  public void start() {
    results.start();
    releaseLoop.start();
    lease.start();
    poller.start();
    intake.start();
  }

  /// Publishes events. The future completes when the request is durable or was refused; it fails
  /// with a [LedgerException].
  public CompletableFuture<PublishResult> publish(PublishRequest request) {
    try (ShutdownGate.Permit _ = gate.enter()) {
      return intake.publish(request);
    } catch (LedgerException shuttingDown) {
      return CompletableFuture.failedFuture(shuttingDown);
    }
  }

  /// Sends a sample to an endpoint once, now, and waits for the result.
  ///
  /// @param actor caller who asked for it
  /// @throws LedgerException if the result can't be recorded
  public ManualAttemptResult sendTest(
      long companyId, UUID endpointId, EventType type, EventItem item, String actor)
      throws InterruptedException {
    return call(() -> testSend.start(companyId, endpointId, type, item, actor));
  }

  /// Starts a manual attempt of a delivery.
  ///
  /// @param actor caller who asked for it
  /// @throws LedgerException if it can't be recorded
  public ManualAttemptResult redeliver(long companyId, UUID deliveryId, String actor)
      throws InterruptedException {
    return call(() -> {
      ManualAttemptResult result = redelivery.start(companyId, deliveryId, actor);
      return () -> result;
    });
  }

  /// Skips a delivery as cancelled, unless an attempt of it is running.
  ///
  /// @throws LedgerException if it can't be recorded
  public CancelResult cancel(long companyId, UUID deliveryId) throws InterruptedException {
    return call(() -> cancellation.start(companyId, deliveryId));
  }

  private interface ManualCall<T> {
    StartedOperation<T> start() throws InterruptedException;
  }

  /// Starts a manual operation, unless the engine is closing, and waits for its result.
  private <T> T call(ManualCall<T> manualCall) throws InterruptedException {
    StartedOperation<T> started;
    try (ShutdownGate.Permit _ = gate.enter()) {
      started = manualCall.start();
    }
    return started.await();
  }

  /// Takes note of deliveries that a background job made due, and claims them soon.
  public void onDeliveriesRestarted(DeliveriesRestarted event) {
    listener.onDeliveriesRestarted(event);
    poller.claimDue(event.endpointId());
  }

  /// Whether an attempt of that delivery runs on this node.
  public boolean isAttemptRunning(UUID deliveryId) {
    return dispatcher.isAttemptRunning(deliveryId);
  }

  /// The present incarnation of this node, which owns its deliveries.
  public UUID incarnation() {
    return lease.state().incarnation();
  }

  /// Reads the configuration. When it returns, this node obeys every change that was committed
  /// before.
  public void refreshConfig() throws InterruptedException {
    lease.refreshConfig();
  }

  /// The configuration of a company as this node knows it, at most a second old; null if it knows
  /// none.
  public @Nullable CompanyConfig companyConfig(long companyId) {
    return lease.state().config().companyConfig(companyId);
  }

  /// The request that an attempt of this claim would send now; null if its endpoint is unknown, or
  /// the request can't be signed.
  public @Nullable WebhookRequest previewRequest(Claim claim) {
    EndpointConfig endpoint = lease.state().config().endpointConfig(claim.endpointId());
    return endpoint == null || !endpoint.canSign()
        ? null
        : endpoint
            .requestFactory()
            .create(claim, clock.instant(), rules.timeout(endpoint.endpoint()));
  }

  /// The present load of this node.
  public EngineStats stats() {
    DeliveryDispatcher.Load load = dispatcher.load();
    return new EngineStats(
        load.waiting(),
        load.bytes(),
        load.running(),
        load.unrecorded(),
        lease.state().liveNodes(),
        lease.isLeaseFresh(),
        poller.oldestUnownedDue());
  }

  private EndpointQuota quota(UUID endpointId) {
    return lease.quota(endpointId, settings.endpointConcurrency());
  }

  /// Connects the dispatcher with the parts that are built on it.
  private final class EngineDispatchContext implements DispatchContext {
    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public EndpointQuota quota(UUID endpointId) {
      return Engine.this.quota(endpointId);
    }

    @Override
    public void startAttempt(OwnedClaim claim) {
      executor.start(claim);
    }

    @Override
    public void requestRelease() {
      releaseLoop.wake();
    }

    @Override
    public void requestRefill() {
      poller.wake();
    }

    @Override
    public void claimDropped(Claim claim) {
      limiter.onAbandoned(claim);
      pendingResults.onAbandoned(claim);
    }
  }

  /// Stops accepting and claiming, gives running attempts 10 s to end, interrupts the others,
  /// records the results, and frees all other deliveries.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    gate.close();
    intake.close();
    poller.close();
    dispatcher.stop();
    drainAttempts();
    releaseLoop.close();
    results.close();
    lease.close();
    pendingResults.close();
  }

  /// Ends all attempts. None may run when the incarnation ends, because its deliveries are free
  /// then.
  private void drainAttempts() {
    try {
      boolean isIdle = dispatcher.awaitIdle(clock, DRAIN_TIMEOUT);
      executor.stop();
      if (!isIdle && !dispatcher.awaitIdle(clock, INTERRUPT_TIMEOUT)) {
        log.warn("Some attempts did not end within the shutdown time; they are made again");
      }
    } catch (InterruptedException _) {
      executor.stop();
      Thread.currentThread().interrupt();
    }
  }
}
