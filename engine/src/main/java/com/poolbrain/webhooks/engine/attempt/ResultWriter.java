package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.engine.commit.CommitCoordinator;
import com.poolbrain.webhooks.engine.commit.GroupCommit;
import com.poolbrain.webhooks.engine.commit.RetryLoop;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ResultListener;
import com.poolbrain.webhooks.engine.runtime.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records results in the ledger, many per transaction. It keeps trying while the ledger is
/// unavailable, because a result that is lost costs its endpoint a second delivery.
public final class ResultWriter implements Service {

  private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);

  private final Ledger ledger;
  private final List<ResultListener> listeners = new CopyOnWriteArrayList<>();
  private final GroupCommit<PendingWrite> groupCommit;
  private final RetryLoop retryLoop;

  /// A result to be written.
  ///
  /// @param incarnation that owned the delivery
  /// @param isReported whether the listeners were called for it
  private record PendingWrite(UUID incarnation, AttemptResult result, AtomicBoolean isReported)
      implements GroupCommit.Entry {

    @Override
    public long companyId() {
      return result.claim().event().companyId();
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public long bytes() {
      return 1_024;
    }

    PendingWrite withoutAttempt() {
      AttemptResult verdictOnly = new AttemptResult.NotSent(result.claim(), result.verdict());
      return new PendingWrite(incarnation, verdictOnly, isReported);
    }
  }

  /// Writes to that ledger.
  public ResultWriter(Ledger ledger, CommitCoordinator coordinator) {
    this.ledger = ledger;
    this.retryLoop = coordinator.retryLoop();
    this.groupCommit =
        coordinator.groupCommit(
            GroupCommit.BatchLimits.WITHOUT_COOLDOWN,
            new GroupCommit.BatchHandler<>() {
              @Override
              public void commit(List<PendingWrite> batch) {
                writeBatch(batch);
              }

              @Override
              public void onFailure(List<PendingWrite> batch, Throwable failure) {
                batch.forEach(ResultWriter.this::abandon);
              }
            });
  }

  /// Calls these listeners for each result, in this order. Only before [#start].
  public void subscribe(ResultListener... newListeners) {
    listeners.addAll(List.of(newListeners));
  }

  @Override
  public void start() {
    groupCommit.start();
  }

  /// Adds a result to one of the next transactions. A result that comes after closing is abandoned.
  ///
  /// @param incarnation that owned the delivery
  public void write(UUID incarnation, AttemptResult result) {
    PendingWrite pendingWrite = new PendingWrite(incarnation, result, new AtomicBoolean());
    if (!groupCommit.add(pendingWrite)) {
      abandon(pendingWrite);
    }
  }

  /// Reports that a started claim will have no result from this node.
  public void abandon(Claim claim) {
    report(claim, listener -> listener.onAbandoned(claim));
  }

  private void writeBatch(List<PendingWrite> batch) {
    Map<UUID, List<PendingWrite>> byIncarnation = new LinkedHashMap<>(2);
    for (PendingWrite pendingWrite : batch) {
      byIncarnation
          .computeIfAbsent(pendingWrite.incarnation(), _ -> new ArrayList<>())
          .add(pendingWrite);
    }
    byIncarnation.forEach(this::writeUntilRecorded);
  }

  private void writeUntilRecorded(UUID incarnation, List<PendingWrite> batch) {
    if (!retryLoop.retryUntil(() -> tryWrite(incarnation, batch))) {
      log.warn(
          "{} results could not be recorded before shutdown, because the database is unavailable;"
              + " their deliveries are sent again",
          batch.size());
      batch.forEach(this::abandon);
    }
  }

  /// Returns false if another try may succeed.
  private boolean tryWrite(UUID incarnation, List<PendingWrite> batch) {
    List<RecordedResult> recorded;
    try {
      recorded =
          ledger.recordResults(incarnation, batch.stream().map(PendingWrite::result).toList());
    } catch (LedgerException.Unavailable | LedgerException.CommitUnknown _) {
      return false;
    } catch (RuntimeException | Error rejectionOrBug) {
      splitBatch(incarnation, batch, rejectionOrBug);
      return true;
    }
    for (int i = 0; i < batch.size(); i++) {
      reportRecorded(batch.get(i), recorded.get(i));
    }
    return true;
  }

  private void splitBatch(UUID incarnation, List<PendingWrite> batch, Throwable failure) {
    if (batch.size() == 1) {
      writeWithoutAttempt(batch.getFirst(), failure);
      return;
    }
    for (PendingWrite pendingWrite : batch) {
      writeUntilRecorded(incarnation, List.of(pendingWrite));
    }
  }

  /// Records the verdict alone if it can't be recorded with its attempt. Otherwise the delivery
  /// would stay owned by this node, and no node would continue it.
  private void writeWithoutAttempt(PendingWrite pendingWrite, Throwable failure) {
    UUID delivery = pendingWrite.result().claim().id();
    if (pendingWrite.result().attempt() == null) {
      log.error(
          "The result of delivery {} can't be recorded; it is sent again after the next start",
          delivery,
          failure);
      abandon(pendingWrite);
      return;
    }
    log.error(
        "An attempt of delivery {} can't be recorded; only the new state of the delivery is",
        delivery,
        failure);
    writeUntilRecorded(pendingWrite.incarnation(), List.of(pendingWrite.withoutAttempt()));
  }

  private void reportRecorded(PendingWrite pendingWrite, RecordedResult recorded) {
    if (pendingWrite.isReported().compareAndSet(false, true)) {
      DeliveryRecorded event = new DeliveryRecorded(pendingWrite.result(), recorded);
      report(pendingWrite.result().claim(), listener -> listener.onRecorded(event));
    }
  }

  private void abandon(PendingWrite pendingWrite) {
    if (pendingWrite.isReported().compareAndSet(false, true)) {
      abandon(pendingWrite.result().claim());
    }
  }

  /// Calls every listener, whatever another one throws.
  private void report(Claim claim, Consumer<ResultListener> call) {
    for (ResultListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error bug) {
        log.error("A listener failed on the result of delivery {}", claim.id(), bug);
      }
    }
  }

  /// Writes the results that were added, and returns when they are recorded or can't be.
  @Override
  public void close() {
    retryLoop.close();
    groupCommit.close();
  }
}
