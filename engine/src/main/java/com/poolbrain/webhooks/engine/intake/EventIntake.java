package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.engine.commit.CommitCoordinator;
import com.poolbrain.webhooks.engine.commit.GroupCommit;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.QueueReservation;
import com.poolbrain.webhooks.engine.intake.PlanResult.Planned;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.node.NodeLease;
import com.poolbrain.webhooks.engine.node.NodeLease.NodeState;
import com.poolbrain.webhooks.engine.runtime.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts publish requests: plans them, stores many in one transaction, and queues their
/// deliveries. A large request is stored alone, beside the others, because planning and storing it
/// takes as long as hundreds of others.
public final class EventIntake implements Service {

  private static final Logger log = LoggerFactory.getLogger(EventIntake.class);

  /// A request with more rows or bytes is large: 15 ms of the database. The benchmark scenario
  /// `hostile-publisher` shows larger values, `throughput` smaller ones.
  private static final int MAX_GROUPED_ROWS = 500;

  private static final long MAX_GROUPED_BYTES = 512 << 10;

  private final Ledger ledger;
  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final FanOutPlanner planner;
  private final BiConsumer<List<Receipt>, List<NewDelivery>> onAccepted;
  private final GroupCommit<PendingPublish> groupCommit;
  private final GroupCommit<PendingPublish> largeCommit;

  /// @param onAccepted called with the receipts of each request that became durable, and its
  ///   deliveries that were skipped at once
  public EventIntake(
      Ledger ledger,
      NodeLease lease,
      DeliveryDispatcher dispatcher,
      FanOutPlanner planner,
      CommitCoordinator coordinator,
      BiConsumer<List<Receipt>, List<NewDelivery>> onAccepted) {
    this.ledger = ledger;
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.planner = planner;
    this.onAccepted = onAccepted;
    var handler =
        new GroupCommit.BatchHandler<PendingPublish>() {
          @Override
          public void commit(List<PendingPublish> batch) {
            storeBatch(batch);
          }

          @Override
          public void onFailure(List<PendingPublish> batch, Throwable failure) {
            failAll(batch, failure);
          }
        };
    this.groupCommit = coordinator.groupCommit(GroupCommit.BatchLimits.DEFAULT, handler);
    this.largeCommit = coordinator.largeCommit(handler);
  }

  private record PendingPublish(
      PublishRequest request, int rows, long bytes, CompletableFuture<PublishResult> response)
      implements GroupCommit.Entry {

    boolean isLarge() {
      return rows > MAX_GROUPED_ROWS || bytes > MAX_GROUPED_BYTES;
    }

    @Override
    public long companyId() {
      return request.events().getFirst().companyId();
    }
  }

  @Override
  public void start() {
    groupCommit.start();
    largeCommit.start();
  }

  /// Accepts a request. The future completes when the request is durable or was refused; it fails
  /// with a [LedgerException].
  public CompletableFuture<PublishResult> publish(PublishRequest request) {
    CompletableFuture<PublishResult> response = new CompletableFuture<>();
    PendingPublish pending = pendingPublish(request, response);
    if (!(pending.isLarge() ? largeCommit : groupCommit).add(pending)) {
      response.completeExceptionally(shuttingDown());
    }
    return response;
  }

  private PendingPublish pendingPublish(
      PublishRequest request, CompletableFuture<PublishResult> response) {
    ConfigSnapshot config = lease.state().config();
    int rows = 0;
    long bytes = 0;
    for (PublishedEvent event : request.events()) {
      CompanyConfig company = config.companyConfig(event.companyId());
      int deliveries = company == null ? 0 : company.fanOutCount(event.type());
      rows += event.items().size() * (1 + deliveries);
      for (PublishedEvent.EventItem item : event.items()) {
        bytes += item.data().length;
      }
    }
    return new PendingPublish(request, rows, bytes, response);
  }

  private void storeBatch(List<PendingPublish> batch) {
    List<PendingPublish> duplicateKeys = new ArrayList<>(0);
    storeOrFail(removeDuplicateKeys(batch, duplicateKeys));
    duplicateKeys.forEach(duplicate -> storeOrFail(List.of(duplicate)));
  }

  /// Two requests with the same idempotency key can't be stored together: the second repeats the
  /// first.
  private static List<PendingPublish> removeDuplicateKeys(
      List<PendingPublish> batch, List<PendingPublish> duplicateKeys) {
    List<PendingPublish> unique = new ArrayList<>(batch.size());
    Set<IdempotencyKey> seen = new HashSet<>();
    for (PendingPublish publish : batch) {
      Set<IdempotencyKey> keys = publish.request().idempotencyKeys();
      boolean isUnique = keys.stream().noneMatch(seen::contains);
      seen.addAll(keys);
      (isUnique ? unique : duplicateKeys).add(publish);
    }
    return unique;
  }

  /// Stores a batch and completes all of its responses.
  private void storeOrFail(List<PendingPublish> batch) {
    try {
      lease.storeAsCurrent(state -> planAndStore(batch, state));
    } catch (LedgerException.Rejected rejected) {
      if (batch.size() == 1) {
        log.error("The database rejected a publish request; the publisher gets an error", rejected);
        failAll(batch, rejected);
      } else {
        batch.forEach(publish -> storeOrFail(List.of(publish)));
      }
    } catch (LedgerException unavailableOrUnknown) {
      failAll(batch, unavailableOrUnknown);
    } catch (InterruptedException _) {
      failAll(batch, shuttingDown());
    } catch (RuntimeException | Error bug) {
      log.error("Storing {} publish requests failed unexpectedly", batch.size(), bug);
      failAll(batch, bug);
    }
  }

  private StoreResult planAndStore(List<PendingPublish> batch, NodeState state) {
    List<PlanResult> results = plan(batch, state.config());
    try (QueueReservation reservation = dispatcher.reserve(plansOf(results))) {
      StoreResult stored =
          ledger.store(state.incarnation(), state.config().version(), reservation.plans());
      if (stored == StoreResult.STORED) {
        // An incarnation that has ended meanwhile owns nothing: its deliveries are claimed again.
        if (lease.isCurrent(state.incarnation())) {
          reservation.commit(state.incarnation());
        }
        respond(batch, results);
      }
      return stored;
    }
  }

  private List<PlanResult> plan(List<PendingPublish> batch, ConfigSnapshot config) {
    Set<IdempotencyKey> keys = new HashSet<>();
    batch.forEach(publish -> keys.addAll(publish.request().idempotencyKeys()));
    Map<IdempotencyKey, StoredResponse> storedResponses =
        keys.isEmpty() ? Map.of() : ledger.findStoredResponses(keys);
    List<PlanResult> results = new ArrayList<>(batch.size());
    for (PendingPublish publish : batch) {
      results.add(planner.plan(publish.request(), config, storedResponses));
    }
    return results;
  }

  private static List<Plan> plansOf(List<PlanResult> results) {
    List<Plan> plans = new ArrayList<>(results.size());
    for (PlanResult result : results) {
      if (result instanceof Planned(Plan plan, _)) {
        plans.add(plan);
      }
    }
    return plans;
  }

  private void respond(List<PendingPublish> batch, List<PlanResult> results) {
    for (int i = 0; i < batch.size(); i++) {
      PublishResult result =
          switch (results.get(i)) {
            case Planned(Plan plan, var receipts) -> {
              onAccepted.accept(receipts, skippedOf(plan, receipts));
              yield new PublishResult.Accepted(receipts);
            }
            case PlanResult.AlreadyAnswered(var receipts) -> new PublishResult.Accepted(receipts);
            case PlanResult.Refused(var refusal) -> refusal;
          };
      batch.get(i).response().complete(result);
    }
  }

  private static List<NewDelivery> skippedOf(Plan plan, List<Receipt> receipts) {
    return receipts.stream().allMatch(receipt -> receipt.skipped() == 0)
        ? List.of()
        : plan.deliveries().stream().filter(delivery -> delivery.skipReason() != null).toList();
  }

  private static void failAll(List<PendingPublish> batch, Throwable failure) {
    batch.forEach(publish -> publish.response().completeExceptionally(failure));
  }

  private static LedgerException shuttingDown() {
    return new LedgerException.Unavailable("the service is shutting down");
  }

  /// Stores the requests that were accepted before, and returns when all are answered.
  @Override
  public void close() {
    groupCommit.close();
    largeCommit.close();
  }
}
