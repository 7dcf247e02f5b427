package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.domain.Verdict.Unchanged;
import com.poolbrain.webhooks.engine.NodeContext;
import com.poolbrain.webhooks.engine.attempt.ResultWriter;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.intake.PublishedEvent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult.Reopened;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.ShutdownGate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What people ask for one delivery: send it again, cancel it, try an endpoint. When this has
/// closed, nothing more begins.
public final class ManualOperations implements Service {

  private static final int MAX_STORE_TRIES = 10;

  /// Longer than any attempt, with some time to record it.
  private static final Duration TEST_TIMEOUT = Duration.ofSeconds(40);

  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

  private final NodeContext nodeContext;
  private final Supplier<UUID> ids;
  private final InstantSource clock;
  private final ResultWriter resultWriter;
  private final PendingResults pendingResults;
  private final ShutdownGate gate = new ShutdownGate();

  public ManualOperations(
      NodeContext nodeContext,
      Supplier<UUID> ids,
      InstantSource clock,
      ResultWriter resultWriter,
      PendingResults pendingResults) {
    this.nodeContext = nodeContext;
    this.ids = ids;
    this.clock = clock;
    this.resultWriter = resultWriter;
    this.pendingResults = pendingResults;
  }

  @Override
  public void start() {
    gate.start();
  }

  /// Begins nothing more, and returns when what was asked for before has begun or come to nothing.
  @Override
  public void close() {
    gate.close();
  }

  /// Begins a manual attempt. What waits in a lane of this node is taken out of it; what waits on
  /// another node can't be told from what runs there.
  public ManualAttemptResult redeliver(long companyId, UUID deliveryId)
      throws InterruptedException {
    try (ShutdownGate.Permit _ = gate.enter()) {
      return startRedelivery(companyId, deliveryId);
    }
  }

  private ManualAttemptResult startRedelivery(long companyId, UUID deliveryId)
      throws InterruptedException {
    nodeContext.lease().refreshConfig();
    OwnedClaim waitingClaim = nodeContext.dispatcher().removeWaiting(companyId, deliveryId);
    if (waitingClaim != null) {
      nodeContext.dispatcher().markRecorded(1);
      return startIfAllowed(
          new OwnedClaim(waitingClaim.claim().asManual(), waitingClaim.incarnation()));
    }
    UUID incarnation = nodeContext.lease().state().incarnation();
    return switch (abandonIfCommitUnknown(
        incarnation, () -> nodeContext.ledger().reopen(incarnation, companyId, deliveryId))) {
      case Reopened(var claim) -> startIfAllowed(new OwnedClaim(claim, incarnation));
      case ReopenResult.Busy _ -> new ManualAttemptResult.Busy();
      case ReopenResult.NotFound _ -> new ManualAttemptResult.NotFound();
    };
  }

  /// Calls the ledger for something that this life may own afterwards.
  private <T> T abandonIfCommitUnknown(UUID incarnation, Supplier<T> call) {
    try {
      return call.get();
    } catch (LedgerException.CommitUnknown commitUnknown) {
      nodeContext.lease().abandonIncarnation(incarnation);
      throw commitUnknown;
    }
  }

  private ManualAttemptResult startIfAllowed(OwnedClaim ownedClaim) {
    Claim claim = ownedClaim.claim();
    ManualAttemptResult refusal =
        refusalFor(nodeContext.lease().state().config().endpointConfig(claim.endpointId()));
    if (refusal != null) {
      return releaseUnsent(ownedClaim, refusal);
    }
    if (!tryAcquireSlot(claim)) {
      return releaseUnsent(ownedClaim, new ManualAttemptResult.LimitReached());
    }
    nodeContext.dispatcher().startManual(ownedClaim);
    return new ManualAttemptResult.Started(claim);
  }

  private ManualAttemptResult releaseUnsent(OwnedClaim ownedClaim, ManualAttemptResult refusal) {
    nodeContext.dispatcher().expectResult();
    resultWriter.write(
        ownedClaim.incarnation(), new AttemptResult(ownedClaim.claim(), null, new Unchanged()));
    return refusal;
  }

  private boolean tryAcquireSlot(Claim claim) {
    return nodeContext
        .manualLimiter()
        .tryAcquire(claim.id(), claim.endpointId(), nodeContext.dispatcher().quota(claim));
  }

  /// Sends a sample to an endpoint, once, and waits for the result.
  public ManualAttemptResult sendTest(
      long companyId, UUID endpointId, EventType type, PublishedEvent.EventItem eventItem)
      throws InterruptedException {
    nodeContext.lease().refreshConfig();
    ConfigSnapshot.EndpointConfig endpointConfig =
        nodeContext.lease().state().config().endpointConfig(endpointId);
    if (endpointConfig == null || endpointConfig.endpoint().companyId() != companyId) {
      return new ManualAttemptResult.NotFound();
    }
    ManualAttemptResult refusal = refusalFor(endpointConfig);
    return refusal == null ? sendTest(endpointConfig, type, eventItem) : refusal;
  }

  private static @Nullable ManualAttemptResult refusalFor(
      ConfigSnapshot.@Nullable EndpointConfig endpointConfig) {
    if (endpointConfig == null) {
      return new ManualAttemptResult.Forbidden(SkipReason.CANCELLED);
    }
    SkipReason reason = endpointConfig.company().blockReason(endpointConfig.endpoint());
    if (reason != null && reason != SkipReason.ENDPOINT_PAUSED) {
      return new ManualAttemptResult.Forbidden(reason);
    }
    return endpointConfig.canSign() ? null : new ManualAttemptResult.SecretUnreadable();
  }

  private ManualAttemptResult sendTest(
      ConfigSnapshot.EndpointConfig endpointConfig,
      EventType type,
      PublishedEvent.EventItem eventItem)
      throws InterruptedException {
    NewDelivery delivery = newTestDelivery(endpointConfig, type, eventItem);
    PendingResults.PendingResult pendingResult = pendingResults.register(delivery.id());
    if (pendingResult == null) {
      return new ManualAttemptResult.LimitReached();
    }
    if (!tryAcquireSlot(delivery.toClaim())) {
      pendingResults.complete(delivery.id(), PendingResults.Completion.ABANDONED);
      return new ManualAttemptResult.LimitReached();
    }
    try (ShutdownGate.Permit _ = gate.enter()) {
      UUID incarnation =
          store(
              new Plan(
                  List.of(new NewEvent(delivery.event(), List.of())), List.of(delivery), Map.of()));
      nodeContext.dispatcher().startManual(new OwnedClaim(delivery.toClaim(), incarnation));
    } catch (LedgerException | InterruptedException failure) {
      nodeContext.manualLimiter().release(delivery.id());
      pendingResults.complete(delivery.id(), PendingResults.Completion.ABANDONED);
      throw failure;
    }
    DeliveryRecorded recorded = pendingResults.await(pendingResult, TEST_TIMEOUT).recorded();
    return recorded == null
        ? new ManualAttemptResult.Busy()
        : new ManualAttemptResult.Completed(recorded);
  }

  private NewDelivery newTestDelivery(
      ConfigSnapshot.EndpointConfig endpointConfig,
      EventType type,
      PublishedEvent.EventItem eventItem) {
    long companyId = endpointConfig.endpoint().companyId();
    Event event =
        new Event(ids.get(), companyId, type.name(), clock.instant(), 1, eventItem.data());
    return new NewDelivery(
        ids.get(), event, endpointConfig.endpoint().id(), type.name(), Trigger.TEST, true, null);
  }

  /// Says which life of this node owns what it stored.
  private UUID store(Plan plan) throws InterruptedException {
    for (int i = 0; i < MAX_STORE_TRIES; i++) {
      NodeLease.NodeState nodeState = nodeContext.lease().state();
      UUID incarnation = nodeState.incarnation();
      long version = nodeState.config().version();
      if (abandonIfCommitUnknown(
              incarnation, () -> nodeContext.ledger().store(incarnation, version, List.of(plan)))
          == StoreResult.STORED) {
        return incarnation;
      }
      nodeContext.lease().refreshConfig();
    }
    throw new LedgerException.Unavailable("the configuration changes too often");
  }

  /// Ends a delivery unsent.
  public CancelResult cancel(long companyId, UUID deliveryId) throws InterruptedException {
    PendingResults.PendingResult pendingResult;
    try (ShutdownGate.Permit _ = gate.enter()) {
      pendingResult = pendingResults.register(deliveryId);
      if (pendingResult == null) {
        return CancelResult.BUSY;
      }
      OwnedClaim waitingClaim = nodeContext.dispatcher().removeWaiting(companyId, deliveryId);
      if (waitingClaim == null) {
        pendingResults.complete(deliveryId, PendingResults.Completion.ABANDONED);
        return nodeContext.ledger().cancel(companyId, deliveryId);
      }
      resultWriter.write(
          waitingClaim.incarnation(),
          new AttemptResult(waitingClaim.claim(), null, new Skip(SkipReason.CANCELLED)));
    }
    return toCancelResult(pendingResults.await(pendingResult, CANCEL_TIMEOUT).recordedResult());
  }

  private static CancelResult toCancelResult(@Nullable RecordedResult recordedResult) {
    return switch (recordedResult == null ? null : recordedResult.status()) {
      case SKIPPED -> CancelResult.CANCELLED;
      case PENDING, DELIVERING, RETRYING -> CancelResult.BUSY;
      case DELIVERED, PERMANENTLY_FAILED -> CancelResult.ALREADY_ENDED;
      case null -> throw new LedgerException.CommitUnknown("nothing is on record");
    };
  }
}
