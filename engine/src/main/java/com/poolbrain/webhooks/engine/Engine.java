package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Verdict.RetryAt;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.engine.attempt.AttemptExecutor;
import com.poolbrain.webhooks.engine.attempt.AttemptPipeline;
import com.poolbrain.webhooks.engine.attempt.ResultWriter;
import com.poolbrain.webhooks.engine.claim.DueDeliveryPoller;
import com.poolbrain.webhooks.engine.claim.ObsoleteDeliverySweeper;
import com.poolbrain.webhooks.engine.commit.CommitLock;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.DispatchContext;
import com.poolbrain.webhooks.engine.dispatch.DispatchLimits;
import com.poolbrain.webhooks.engine.dispatch.EndpointQuota;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.intake.EventIntake;
import com.poolbrain.webhooks.engine.intake.FanOutPlanner;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.manual.ManualAttemptLimiter;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.engine.manual.ManualOperations;
import com.poolbrain.webhooks.engine.manual.PendingResults;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.SharedRandom;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.engine.runtime.WakeableLoop;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves every delivery from due to done, and survives being killed at any line.
///
/// ```
/// var engine = new Engine(seams, settings, types, watch);
/// engine.start();
/// Acceptance durable = engine.accept(submission).join();
/// engine.close();
/// ```
public final class Engine implements Service {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  /// So long does an attempt take at most to heed that it is interrupted.
  private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);

  private final EngineDependencies dependencies;
  private final EngineSettings settings;
  private final NodeLease nodeLease;
  private final DeliveryDispatcher dispatcher;
  private final EventIntake intake;
  private final AttemptExecutor attemptExecutor;
  private final ResultWriter resultWriter;
  private final ObsoleteDeliverySweeper sweeper;
  private final DueDeliveryPoller poller;
  private final WakeableLoop releaseLoop;
  private final ManualOperations manualOperations;
  private final PendingResults pendingResults;
  private final EngineListener listener;
  private volatile boolean closing;

  /// An engine at rest.
  ///
  /// @param eventTypes event types by any of their names, null for an unknown one
  /// @param listener is told what happens
  public Engine(
      EngineDependencies dependencies,
      EngineSettings settings,
      Function<String, @Nullable EventType> eventTypes,
      EngineListener listener) {
    this.dependencies = dependencies;
    this.settings = settings;
    this.listener = new SafeListener(listener);
    Ledger ledger = dependencies.ledger();
    Clock clock = dependencies.clock();
    SharedRandom random = new SharedRandom(dependencies.random());
    UuidV7Generator uuidV7Generator = new UuidV7Generator(clock, random);
    nodeLease =
        new NodeLease(ledger, clock, uuidV7Generator, settings.lease(), dependencies.threads());
    dispatcher =
        new DeliveryDispatcher(
            DispatchLimits.of(settings.maxInFlight()), new EngineDispatchContext());
    NodeContext nodeContext =
        new NodeContext(
            ledger, nodeLease, dispatcher, new ManualAttemptLimiter(settings.maxInFlight()));
    CommitLock commitLock = new CommitLock();
    intake =
        new EventIntake(
            nodeContext,
            new FanOutPlanner(uuidV7Generator, clock),
            clock,
            commitLock,
            dependencies.threads(),
            planned -> this.listener.onEventsAccepted(planned.receipts()));
    AttemptPipeline pipeline =
        new AttemptPipeline(
            nodeLease,
            dependencies.transport(),
            clock,
            new AttemptPipeline.Randomness(uuidV7Generator, random),
            new AttemptPipeline.Policy(settings, eventTypes));
    resultWriter =
        new ResultWriter(
            ledger, clock, commitLock, dependencies.threads(), new EngineResultListener());
    pendingResults = new PendingResults(clock);
    attemptExecutor =
        new AttemptExecutor(
            nodeContext, pipeline, resultWriter, pendingResults, dependencies.threads());
    sweeper = new ObsoleteDeliverySweeper(ledger, eventTypes, this.listener);
    poller = new DueDeliveryPoller(nodeContext, clock, sweeper, dependencies.threads());
    releaseLoop = new WakeableLoop(clock, dependencies.threads(), dispatcher::releaseWaiting);
    manualOperations =
        new ManualOperations(nodeContext, uuidV7Generator, clock, resultWriter, pendingResults);
    nodeLease.setListener(new EngineLeaseListener());
  }

  /// Joins the nodes and begins to work.
  ///
  /// @throws LedgerException if the ledger can't be reached
  @Override
  public void start() {
    resultWriter.start();
    releaseLoop.start();
    nodeLease.start();
    poller.start();
    intake.start();
    manualOperations.start();
  }

  /// Hands in a submission. The answer comes when it is durable, or can't become so; it completes
  /// exceptionally with a [LedgerException].
  public CompletableFuture<PublishResult> publish(PublishRequest request) {
    return intake.publish(request);
  }

  /// Sends a sample to an endpoint once, now, and waits for the result.
  ///
  /// @throws LedgerException if it can't be recorded
  public ManualAttemptResult sendTest(
      long companyId, UUID endpointId, EventType type, PublishedEvent.EventItem eventItem)
      throws InterruptedException {
    return manualOperations.sendTest(companyId, endpointId, type, eventItem);
  }

  /// Begins a manual attempt of a delivery.
  ///
  /// @throws LedgerException if it can't be recorded
  public ManualAttemptResult redeliver(long companyId, UUID deliveryId)
      throws InterruptedException {
    return manualOperations.redeliver(companyId, deliveryId);
  }

  /// Ends a delivery unsent, unless an attempt of it is running.
  ///
  /// @throws LedgerException if it can't be recorded
  public CancelResult cancel(long companyId, UUID deliveryId) throws InterruptedException {
    return manualOperations.cancel(companyId, deliveryId);
  }

  /// Whether an attempt of that delivery runs on this node.
  public boolean isAttemptRunning(UUID deliveryId) {
    return dispatcher.running(deliveryId);
  }

  /// The present life of this node: what it owns bears this id.
  public UUID incarnation() {
    return nodeLease.state().incarnation();
  }

  /// Learns the configuration anew: after a change through this node it obeys it when this returns.
  public void refreshConfig() throws InterruptedException {
    nodeLease.refreshConfig();
  }

  /// A company with its endpoints as this node knows them, less than a second old; null if it knows
  /// none.
  public @Nullable CompanyConfig companyConfig(long companyId) {
    return nodeLease.state().config().companyConfig(companyId);
  }

  /// The request that an attempt of this claim would send now; null if its endpoint is not known,
  /// or nothing can be signed for it.
  public @Nullable WebhookRequest previewRequest(Claim claim) {
    ConfigSnapshot.EndpointConfig endpointConfig =
        nodeLease.state().config().endpointConfig(claim.endpointId());
    return endpointConfig == null || !endpointConfig.canSign()
        ? null
        : endpointConfig
            .requestFactory()
            .create(claim, dependencies.clock().instant(), settings.attemptTimeout());
  }

  /// What this node is busy with.
  public EngineStats stats() {
    DeliveryDispatcher.Load load = dispatcher.load();
    return new EngineStats(
        load.waiting(),
        load.bytes(),
        load.running(),
        load.unrecorded(),
        nodeLease.state().liveNodes(),
        nodeLease.isLeaseFresh(),
        poller.oldestUnownedDue());
  }

  /// What lanes need of their surroundings.
  private final class EngineDispatchContext implements DispatchContext {
    @Override
    public long nanoTime() {
      return dependencies.clock().nanoTime();
    }

    @Override
    public EndpointQuota quota(UUID endpointId) {
      return nodeLease.quota(endpointId, settings.endpointConcurrency());
    }

    @Override
    public void startAttempt(OwnedClaim ownedClaim) {
      attemptExecutor.start(ownedClaim);
    }

    @Override
    public void requestRelease() {
      releaseLoop.wake();
    }

    @Override
    public void requestRefill() {
      poller.wake();
    }
  }

  /// What follows from each renewal.
  private final class EngineLeaseListener implements NodeLease.Listener {
    @Override
    public void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion) {
      for (CompanyConfig company : changedCompanies) {
        for (Endpoint endpoint : company.endpoints()) {
          sweeper.schedule(endpoint.id(), configVersion);
        }
      }
      if (!changedCompanies.isEmpty()) {
        poller.wake();
      }
      dispatcher.reevaluateLimits();
      dispatcher.open(!closing);
    }

    @Override
    public void onLedgerUnavailable() {
      dispatcher.open(nodeLease.isLeaseFresh() && !closing);
    }

    @Override
    public void onIncarnationRestarted() {
      for (Claim claim : dispatcher.clear()) {
        pendingResults.complete(claim.id(), PendingResults.Completion.ABANDONED);
      }
    }
  }

  /// What follows from each result.
  private final class EngineResultListener implements ResultWriter.ResultListener {
    @Override
    public void onRecorded(AttemptResult attemptResult, RecordedResult recordedResult) {
      dispatcher.markRecorded(1);
      DeliveryRecorded recorded = attemptResult.toDeliveryRecorded(recordedResult);
      Claim claim = attemptResult.claim();
      if (recorded != null) {
        listener.onDeliveryRecorded(recorded);
      } else if (attemptResult.verdict() instanceof Skip(var reason)) {
        listener.onDeliveriesSkipped(new DeliveriesSkipped(claim.endpointId(), reason, 1));
      }
      if (attemptResult.verdict() instanceof RetryAt(var due)) {
        poller.scheduleAt(claim.endpointId(), due);
      }
      pendingResults.complete(claim.id(), new PendingResults.Completion(recorded, recordedResult));
    }

    @Override
    public void onAbandoned(AttemptResult attemptResult) {
      dispatcher.markRecorded(1);
      pendingResults.complete(attemptResult.claim().id(), PendingResults.Completion.ABANDONED);
    }
  }

  /// Takes and claims nothing more, lets what runs end (not longer than 10 s), interrupts what does
  /// not, records what ended, and gives the rest free.
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    manualOperations.close();
    intake.close();
    poller.close();
    dispatcher.open(false);
    drainAttempts();
    releaseLoop.close();
    resultWriter.close();
    nodeLease.close();
    pendingResults.abandonAll();
  }

  /// When this life ends, its deliveries are free for others: none of its attempts may still run.
  private void drainAttempts() {
    try {
      boolean idle = dispatcher.awaitIdle(dependencies.clock(), DRAIN_TIMEOUT);
      attemptExecutor.stop();
      if (!idle && !dispatcher.awaitIdle(dependencies.clock(), INTERRUPT_TIMEOUT)) {
        log.warn("Attempts that don't end are left behind; their deliveries are made again.");
      }
    } catch (InterruptedException _) {
      attemptExecutor.stop();
      Thread.currentThread().interrupt();
    }
  }
}
