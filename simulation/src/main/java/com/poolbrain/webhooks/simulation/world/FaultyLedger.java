package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelOutcome;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import com.poolbrain.webhooks.simulation.world.FaultInjector.LedgerCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// The ledger as one node sees it: calls take time and may fail.
final class FaultyLedger implements Ledger {

  private final SimulatedLedger ledger;
  private final World world;
  private final SimulatedProcess process;

  FaultyLedger(World world, SimulatedProcess process) {
    this.ledger = world.ledger();
    this.world = world;
    this.process = process;
  }

  private <T> T read(LedgerCall call, Supplier<T> query) {
    awaitLatency();
    switch (world.faultInjector().nextFault(call)) {
      case NONE -> {}
      case UNEXPECTED_EXCEPTION -> throw new StackOverflowError("simulated bug in " + call);
      case UNAVAILABLE, REJECTED, LOST_NOT_STORED, LOST_BUT_STORED, LOST_AND_STORED_LATE ->
          throw unavailable(call);
    }
    T result = query.get();
    awaitLatency();
    return result;
  }

  private <T> T write(LedgerCall call, Supplier<String> details, Supplier<T> effect) {
    return write(call, details, effect, String::valueOf);
  }

  /// @param details describes the call in the trace
  /// @param format describes the result in the trace
  private <T> T write(
      LedgerCall call, Supplier<String> details, Supplier<T> effect, Function<T, String> format) {
    awaitLatency();
    return switch (world.faultInjector().nextFault(call)) {
      case NONE -> {
        T result = effect.get();
        if (!isEmpty(result)) {
          trace(call, () -> details.get() + " → " + format.apply(result));
        }
        awaitLatency();
        yield result;
      }
      case UNAVAILABLE -> throw unavailable(call);
      case REJECTED -> throw new LedgerException.Rejected("simulated", new IOException("rejected"));
      case UNEXPECTED_EXCEPTION -> throw new IllegalStateException("simulated bug in " + call);
      case LOST_NOT_STORED -> throw commitUnknown(call, () -> details.get() + " is not stored");
      case LOST_BUT_STORED -> {
        T result = effect.get();
        awaitLatency();
        throw commitUnknown(call, () -> details.get() + " is stored: " + format.apply(result));
      }
      case LOST_AND_STORED_LATE -> {
        world.commitLater(() -> {
          T result = effect.get();
          trace(call, () -> details.get() + " is stored late: " + format.apply(result));
        });
        throw commitUnknown(call, () -> details.get() + " will be stored");
      }
    };
  }

  /// Whether a result says that there was nothing to do.
  private static boolean isEmpty(Object result) {
    return result.equals(0) || (result instanceof List<?> list && list.isEmpty());
  }

  private void awaitLatency() {
    process.work(world.faultInjector().latency());
  }

  private void trace(LedgerCall call, Supplier<String> details) {
    world.trace(process.name(), () -> call + details.get());
  }

  private LedgerException.Unavailable unavailable(LedgerCall call) {
    trace(call, () -> " fails: ledger unavailable");
    return new LedgerException.Unavailable("simulated", new IOException("unavailable"));
  }

  private LedgerException.CommitUnknown commitUnknown(LedgerCall call, Supplier<String> details) {
    trace(call, () -> details.get() + ", response lost");
    return new LedgerException.CommitUnknown("simulated", new IOException("response lost"));
  }

  @Override
  public void registerNode(UUID incarnation, Duration lease) {
    world.registerIncarnation(incarnation, process);
    write(
        LedgerCall.REGISTER_NODE,
        () -> " " + incarnation,
        () -> {
          ledger.registerNode(incarnation, lease);
          return "registered";
        });
  }

  @Override
  public LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownVersion) {
    return read(
        LedgerCall.RENEW_LEASE,
        () -> {
          LeaseRenewal renewal = ledger.renewLease(incarnation, lease, knownVersion);
          world.recordLiveNodes(process, renewal.liveNodes());
          if (!renewal.alive()) {
            trace(LedgerCall.RENEW_LEASE, () -> " finds " + incarnation + " expired");
          } else if (!renewal.changedCompanies().isEmpty()) {
            trace(LedgerCall.RENEW_LEASE, () -> " reads configuration " + renewal.configVersion());
          }
          return renewal;
        });
  }

  @Override
  public int expireDeadNodes(UUID incarnation) {
    return write(LedgerCall.EXPIRE_DEAD_NODES, () -> "", () -> ledger.expireDeadNodes(incarnation));
  }

  @Override
  public void deregisterNode(UUID incarnation) {
    write(
        LedgerCall.DEREGISTER_NODE,
        () -> " " + incarnation,
        () -> {
          ledger.deregisterNode(incarnation);
          return "deregistered";
        });
  }

  @Override
  public Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys) {
    return read(LedgerCall.FIND_STORED_RESPONSES, () -> ledger.findStoredResponses(keys));
  }

  @Override
  public StoreResult store(UUID incarnation, long version, List<Plan> plans) {
    return write(
        LedgerCall.STORE,
        () -> " " + TraceFormat.formatPlans(version, plans),
        () -> ledger.store(incarnation, version, plans));
  }

  @Override
  public List<UnownedBacklog> unownedBacklogs() {
    return read(LedgerCall.UNOWNED_BACKLOGS, ledger::unownedBacklogs);
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<ClaimRequest> requests) {
    return write(
        LedgerCall.CLAIM,
        () -> "",
        () -> ledger.claim(incarnation, requests),
        TraceFormat::formatClaims);
  }

  @Override
  public List<RecordedResult> recordResults(UUID incarnation, List<AttemptResult> results) {
    return write(
        LedgerCall.RECORD_RESULTS,
        () -> "",
        () -> ledger.recordResults(incarnation, results),
        recorded -> TraceFormat.formatRecordedResults(results, recorded));
  }

  @Override
  public Optional<List<SkippedDelivery>> skipUnowned(
      long version, UUID endpointId, SkipReason reason, List<String> keptNames, int limit) {
    return write(
        LedgerCall.SKIP_UNOWNED,
        () -> " of endpoint " + TraceFormat.shortId(endpointId) + " " + reason.wireName(),
        () -> ledger.skipUnowned(version, endpointId, reason, keptNames, limit),
        skipped -> skipped.map(List::size).toString());
  }

  @Override
  public ReopenResult reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return write(
        LedgerCall.REOPEN,
        () -> " " + TraceFormat.shortId(deliveryId),
        () -> ledger.reopen(incarnation, companyId, deliveryId),
        result -> result.getClass().getSimpleName());
  }

  @Override
  public CancelOutcome cancel(long companyId, UUID deliveryId) {
    return write(
        LedgerCall.CANCEL,
        () -> " " + TraceFormat.shortId(deliveryId),
        () -> ledger.cancel(companyId, deliveryId),
        outcome -> outcome.result().name());
  }
}
