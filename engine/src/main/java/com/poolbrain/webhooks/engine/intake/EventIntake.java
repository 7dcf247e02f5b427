package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.engine.NodeContext;
import com.poolbrain.webhooks.engine.commit.CommitLock;
import com.poolbrain.webhooks.engine.commit.GroupCommit;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.intake.PlanResult.Planned;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts submissions: plans them, makes them durable many at a time, and hands their deliveries
/// to the lanes.
public final class EventIntake implements Service {

  private static final Logger log = LoggerFactory.getLogger(EventIntake.class);
  private static final int MAX_STORE_TRIES = 50;

  private final NodeContext nodeContext;
  private final FanOutPlanner fanOutPlanner;
  private final Consumer<Planned> onAccepted;
  private final GroupCommit<PendingPublish> commit;

  /// @param commitLock what is taken to store a batch
  /// @param onAccepted is told of each plan that became durable
  public EventIntake(
      NodeContext nodeContext,
      FanOutPlanner fanOutPlanner,
      Clock clock,
      CommitLock commitLock,
      ThreadFactory threads,
      Consumer<Planned> onAccepted) {
    this.nodeContext = nodeContext;
    this.fanOutPlanner = fanOutPlanner;
    this.onAccepted = onAccepted;
    this.commit =
        new GroupCommit<>(
            GroupCommit.BatchLimits.DEFAULT,
            clock,
            threads,
            new GroupCommit.BatchHandler<>(this::commit, EventIntake::failAll, commitLock));
  }

  private record PendingPublish(
      PublishRequest request, int rows, long bytes, CompletableFuture<PublishResult> future)
      implements GroupCommit.Entry {

    @Override
    public long companyId() {
      return request.events().getFirst().companyId();
    }
  }

  @Override
  public void start() {
    commit.start();
  }

  /// Hands in a submission. The answer comes when it is durable, or can't become so; it completes
  /// exceptionally with a [LedgerException].
  public CompletableFuture<PublishResult> publish(PublishRequest request) {
    CompletableFuture<PublishResult> future = new CompletableFuture<>();
    if (!commit.add(toPending(request, future))) {
      future.completeExceptionally(new LedgerException.Unavailable("the service is shutting down"));
    }
    return future;
  }

  private PendingPublish toPending(
      PublishRequest request, CompletableFuture<PublishResult> future) {
    ConfigSnapshot config = nodeContext.lease().state().config();
    int rows = 0;
    long bytes = 0;
    for (PublishedEvent publishedEvent : request.events()) {
      CompanyConfig companyConfig = config.companyConfig(publishedEvent.companyId());
      int deliveries = companyConfig == null ? 0 : companyConfig.fanOutCount(publishedEvent.type());
      rows += publishedEvent.items().size() * (1 + deliveries);
      for (PublishedEvent.EventItem eventItem : publishedEvent.items()) {
        bytes += eventItem.data().length;
      }
    }
    return new PendingPublish(request, rows, bytes, future);
  }

  private void commit(List<PendingPublish> batch) {
    List<PendingPublish> deferred = new ArrayList<>(0);
    store(withoutDuplicateKeys(batch, deferred));
    for (PendingPublish duplicate : deferred) {
      store(List.of(duplicate));
    }
  }

  /// Two submissions with the same key can't be stored together: the second is a repeat of the
  /// first.
  private static List<PendingPublish> withoutDuplicateKeys(
      List<PendingPublish> batch, List<PendingPublish> duplicateKeys) {
    List<PendingPublish> distinct = new ArrayList<>(batch.size());
    Set<IdempotencyKey> seen = new HashSet<>();
    for (PendingPublish pendingPublish : batch) {
      Set<IdempotencyKey> keys = pendingPublish.request().idempotencyKeys();
      boolean isNew = keys.stream().noneMatch(seen::contains);
      seen.addAll(keys);
      (isNew ? distinct : duplicateKeys).add(pendingPublish);
    }
    return distinct;
  }

  /// Stores a batch and answers everybody in it, whatever happens.
  private void store(List<PendingPublish> batch) {
    try {
      storeWithCurrentConfig(batch);
    } catch (LedgerException.Rejected rejected) {
      if (batch.size() == 1) {
        log.error("A submission can't be stored; its publisher is told so", rejected);
        failAll(batch, rejected);
      } else {
        batch.forEach(pendingPublish -> store(List.of(pendingPublish)));
      }
    } catch (LedgerException failure) {
      failAll(batch, failure);
    } catch (InterruptedException _) {
      failAll(batch, new LedgerException.Unavailable("the service is shutting down"));
    } catch (RuntimeException | Error bug) {
      log.error("Accepting failed; {} publishers are told so", batch.size(), bug);
      failAll(batch, bug);
    }
  }

  private void storeWithCurrentConfig(List<PendingPublish> batch) throws InterruptedException {
    for (int i = 0; i < MAX_STORE_TRIES; i++) {
      NodeLease.NodeState nodeState = nodeContext.lease().state();
      PlannedBatch plannedBatch = plan(batch, nodeState.config());
      switch (store(nodeState, plannedBatch)) {
        case STORED -> {
          enqueueOwned(nodeState, plannedBatch);
          completeAll(batch, plannedBatch);
          return;
        }
        case STALE_CONFIG, NODE_DEAD -> nodeContext.lease().refreshConfig();
        case DUPLICATE_KEY -> {}
      }
    }
    throw new LedgerException.Unavailable("the configuration changes too often to accept by it");
  }

  /// What is to be done about each submission of a batch, in its order.
  private record PlannedBatch(
      List<PlanResult> results, List<Plan> plans, List<Claim> reservedClaims) {}

  private PlannedBatch plan(List<PendingPublish> batch, ConfigSnapshot config) {
    Map<IdempotencyKey, StoredResponse> storedResponses = findStoredResponses(batch);
    PlannedBatch plannedBatch =
        new PlannedBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (PendingPublish pendingPublish : batch) {
      PlanResult planResult =
          fanOutPlanner.plan(
              pendingPublish.request(), config, storedResponses, nodeContext.dispatcher());
      plannedBatch.results().add(planResult);
      if (planResult instanceof Planned(Plan plan, _)) {
        plannedBatch.plans().add(plan);
        for (NewDelivery delivery : plan.deliveries()) {
          if (delivery.owned()) {
            plannedBatch.reservedClaims().add(delivery.toClaim());
          }
        }
      }
    }
    return plannedBatch;
  }

  private Map<IdempotencyKey, StoredResponse> findStoredResponses(List<PendingPublish> batch) {
    Set<IdempotencyKey> keys = new HashSet<>();
    for (PendingPublish pendingPublish : batch) {
      keys.addAll(pendingPublish.request().idempotencyKeys());
    }
    return keys.isEmpty() ? new HashMap<>() : nodeContext.ledger().findStoredResponses(keys);
  }

  private StoreResult store(NodeLease.NodeState nodeState, PlannedBatch plannedBatch) {
    StoreResult storeResult = StoreResult.NODE_DEAD;
    try {
      storeResult =
          nodeContext
              .ledger()
              .store(nodeState.incarnation(), nodeState.config().version(), plannedBatch.plans());
      return storeResult;
    } catch (LedgerException.CommitUnknown commitUnknown) {
      nodeContext.lease().abandonIncarnation(nodeState.incarnation());
      throw commitUnknown;
    } finally {
      if (storeResult != StoreResult.STORED) {
        nodeContext.dispatcher().releaseReservations(plannedBatch.reservedClaims());
      }
    }
  }

  /// If this node began another life meanwhile, what it stored in the old one is freed for claims.
  private void enqueueOwned(NodeLease.NodeState nodeState, PlannedBatch plannedBatch) {
    if (nodeContext.lease().state().incarnation().equals(nodeState.incarnation())) {
      nodeContext
          .dispatcher()
          .enqueueReserved(
              OwnedClaim.ofAll(plannedBatch.reservedClaims(), nodeState.incarnation()));
    } else {
      nodeContext.dispatcher().releaseReservations(plannedBatch.reservedClaims());
    }
  }

  private void completeAll(List<PendingPublish> batch, PlannedBatch plannedBatch) {
    for (int i = 0; i < batch.size(); i++) {
      PublishResult publishResult =
          switch (plannedBatch.results().get(i)) {
            case Planned planned -> {
              onAccepted.accept(planned);
              yield new PublishResult.Accepted(planned.receipts());
            }
            case PlanResult.AlreadyAnswered(var receipts) -> new PublishResult.Accepted(receipts);
            case PlanResult.Refused(var reason) -> reason;
          };
      batch.get(i).future().complete(publishResult);
    }
  }

  private static void failAll(List<PendingPublish> batch, Throwable reason) {
    batch.forEach(pendingPublish -> pendingPublish.future().completeExceptionally(reason));
  }

  /// Takes nothing more, and returns when everything that was taken is answered.
  @Override
  public void close() {
    commit.close();
  }
}
