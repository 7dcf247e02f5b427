package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
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
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;

/// One node's way to the ledger, on which calls take time and get lost.
final class FaultyLedger implements Ledger {

  private final SimulatedLedger ledger;
  private final World world;
  private final String nodeName;
  private final SimulatedProcess process;

  FaultyLedger(SimulatedLedger ledger, World world, SimulatedProcess process) {
    this.ledger = ledger;
    this.world = world;
    this.process = process;
    this.nodeName = process.name();
  }

  private <T> T read(String description, Supplier<T> call) {
    sleep(world.faultInjector().latency());
    switch (world.faultInjector().nextFault(description)) {
      case NONE -> {}
      case UNEXPECTED_EXCEPTION -> throw new StackOverflowError("simulated bug in " + description);
      case UNAVAILABLE, REJECTED, LOST_NOT_STORED, LOST_BUT_STORED, LOST_AND_STORED_LATE ->
          throw unavailable(description);
    }
    T result = call.get();
    sleep(world.faultInjector().latency());
    return result;
  }

  private <T> T write(String call, Supplier<T> effect) {
    return write(call, () -> call, effect);
  }

  /// @param call its kind
  /// @param description it is, in words, for the journal
  private <T> T write(String call, Supplier<String> description, Supplier<T> effect) {
    sleep(world.faultInjector().latency());
    return switch (world.faultInjector().nextFault(call)) {
      case NONE -> {
        T result = effect.get();
        if (!isEmpty(result)) {
          world.trace().add(nodeName, () -> description.get() + " → " + result);
        }
        sleep(world.faultInjector().latency());
        yield result;
      }
      case UNAVAILABLE -> throw unavailable(call);
      case REJECTED -> throw new LedgerException.Rejected("simulated", new IOException("refused"));
      case UNEXPECTED_EXCEPTION ->
          throw new IllegalStateException("simulated bug in " + description.get());
      case LOST_NOT_STORED -> throw commitUnknown(() -> description.get() + " is not stored");
      case LOST_BUT_STORED -> {
        T result = effect.get();
        sleep(world.faultInjector().latency());
        throw commitUnknown(() -> description.get() + " is stored: " + result);
      }
      case LOST_AND_STORED_LATE -> {
        world.commitLater(() -> {
          T result = effect.get();
          world.trace().add(nodeName, () -> description.get() + " is stored late: " + result);
        });
        throw commitUnknown(() -> description.get() + " will be stored");
      }
    };
  }

  /// Whether an answer says that there was nothing to do.
  private static boolean isEmpty(Object result) {
    return result.equals(0) || (result instanceof TracedClaims(var claims) && claims.isEmpty());
  }

  private void sleep(Duration time) {
    try {
      process.work(time);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private LedgerException.Unavailable unavailable(String description) {
    world.trace().add(nodeName, () -> description + ": the ledger is away");
    return new LedgerException.Unavailable("simulated", new IOException("away"));
  }

  private LedgerException.CommitUnknown commitUnknown(Supplier<String> description) {
    world.trace().add(nodeName, () -> description.get() + ", but the answer is lost");
    return new LedgerException.CommitUnknown("simulated", new IOException("lost"));
  }

  @Override
  public void registerNode(UUID incarnation, Duration lease) {
    world.registerIncarnation(incarnation, process);
    write(
        "begin",
        () -> "begin " + incarnation,
        () -> {
          ledger.registerNode(incarnation, lease);
          return "begun";
        });
  }

  @Override
  public LeaseRenewal renewLease(UUID incarnation, Duration lease, long knownVersion) {
    sleep(world.faultInjector().latency());
    if (world.faultInjector().nextFault("renew") != FaultInjector.CallFault.NONE) {
      throw unavailable("renew");
    }
    LeaseRenewal leaseRenewal = ledger.renewLease(incarnation, lease, knownVersion);
    world.recordLiveNodes(process, leaseRenewal.liveNodes());
    if (!leaseRenewal.alive() || !leaseRenewal.changedCompanies().isEmpty()) {
      world
          .trace()
          .add(
              nodeName,
              () ->
                  leaseRenewal.alive()
                      ? "learns configuration " + leaseRenewal.configVersion()
                      : incarnation + " is dead");
    }
    sleep(world.faultInjector().latency());
    return leaseRenewal;
  }

  @Override
  public int expireDeadNodes(UUID incarnation) {
    return write("bury", () -> ledger.expireDeadNodes(incarnation));
  }

  @Override
  public void deregisterNode(UUID incarnation) {
    write(
        "end",
        () -> "end " + incarnation,
        () -> {
          ledger.deregisterNode(incarnation);
          return "ended";
        });
  }

  @Override
  public Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys) {
    return read("remembered", () -> ledger.findStoredResponses(keys));
  }

  @Override
  public StoreResult store(UUID incarnation, long version, List<Plan> plans) {
    return write(
        "store",
        () -> TraceFormat.formatStore(version, plans),
        () -> ledger.store(incarnation, version, plans));
  }

  @Override
  public List<UnownedBacklog> unownedBacklogs() {
    return read("backlogs", ledger::unownedBacklogs);
  }

  @Override
  public List<Claim> claim(UUID incarnation, List<ClaimRequest> claimRequests) {
    return write("claim", () -> new TracedClaims(ledger.claim(incarnation, claimRequests)))
        .claims();
  }

  private record TracedClaims(List<Claim> claims) {
    @Override
    public String toString() {
      return TraceFormat.formatClaims(claims);
    }
  }

  @Override
  public List<RecordedResult> recordResults(UUID incarnation, List<AttemptResult> attemptResults) {
    return write(
            "settle",
            () ->
                new TracedResults(
                    attemptResults, ledger.recordResults(incarnation, attemptResults)))
        .recordedResults();
  }

  private record TracedResults(
      List<AttemptResult> attemptResults, List<RecordedResult> recordedResults) {
    @Override
    public String toString() {
      return TraceFormat.formatRecordedResults(attemptResults, recordedResults);
    }
  }

  @Override
  public OptionalInt skipUnowned(
      long version, UUID endpointId, SkipReason reason, List<String> keptNames, int limit) {
    return write(
        "skip",
        () -> "skip " + TraceFormat.shortId(endpointId) + " " + reason.wireName(),
        () -> ledger.skipUnowned(version, endpointId, reason, keptNames, limit));
  }

  @Override
  public ReopenResult reopen(UUID incarnation, long companyId, UUID deliveryId) {
    return write(
            "reopen",
            () -> "reopen " + TraceFormat.shortId(deliveryId),
            () -> new TracedReopen(ledger.reopen(incarnation, companyId, deliveryId)))
        .reopenResult();
  }

  private record TracedReopen(ReopenResult reopenResult) {
    @Override
    public String toString() {
      return reopenResult.getClass().getSimpleName();
    }
  }

  @Override
  public CancelResult cancel(long companyId, UUID deliveryId) {
    return write(
        "cancel",
        () -> "cancel " + TraceFormat.shortId(deliveryId),
        () -> ledger.cancel(companyId, deliveryId));
  }
}
