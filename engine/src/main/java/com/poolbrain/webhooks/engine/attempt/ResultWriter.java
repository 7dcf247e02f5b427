package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.engine.commit.CommitLock;
import com.poolbrain.webhooks.engine.commit.GroupCommit;
import com.poolbrain.webhooks.engine.commit.RetryLoop;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes results durable, many at a time, and does not give up while the ledger is away: a result
/// that is not on record yet costs its endpoint a second delivery.
public final class ResultWriter implements Service {

  private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);

  private final Ledger ledger;
  private final ResultListener listener;
  private final GroupCommit<ResultEntry> groupCommit;
  private final RetryLoop retryLoop;

  /// Is told of each result once.
  public interface ResultListener {
    /// It is on record.
    void onRecorded(AttemptResult attemptResult, RecordedResult recorded);

    /// It could not be recorded; its delivery stays open.
    void onAbandoned(AttemptResult attemptResult);
  }

  /// @param incarnation the life of this node that owned the delivery
  /// @param isNotified whether the recorder was told of it
  private record ResultEntry(UUID incarnation, AttemptResult result, AtomicBoolean isNotified)
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

    ResultEntry withoutAttempt() {
      AttemptResult reduced = new AttemptResult(result.claim(), null, result.verdict());
      return new ResultEntry(incarnation, reduced, isNotified);
    }
  }

  public ResultWriter(
      Ledger ledger,
      Clock clock,
      CommitLock commitLock,
      ThreadFactory threads,
      ResultListener listener) {
    this.ledger = ledger;
    this.retryLoop = new RetryLoop(clock, commitLock);
    this.listener = listener;
    this.groupCommit =
        new GroupCommit<>(
            GroupCommit.BatchLimits.WITHOUT_COOLDOWN,
            clock,
            threads,
            new GroupCommit.BatchHandler<>(
                this::write, (batch, _) -> batch.forEach(this::abandon), commitLock));
  }

  @Override
  public void start() {
    groupCommit.start();
  }

  /// Hands in a result. One that comes after closing is lost: its delivery is made again.
  ///
  /// @param incarnation the life of this node that owned the delivery
  public void write(UUID incarnation, AttemptResult attemptResult) {
    ResultEntry entry = new ResultEntry(incarnation, attemptResult, new AtomicBoolean());
    if (!groupCommit.add(entry)) {
      abandon(entry);
    }
  }

  private void write(List<ResultEntry> batch) {
    Map<UUID, List<ResultEntry>> byIncarnation = new LinkedHashMap<>(2);
    for (ResultEntry entry : batch) {
      byIncarnation.computeIfAbsent(entry.incarnation(), _ -> new ArrayList<>()).add(entry);
    }
    byIncarnation.forEach(this::write);
  }

  private void write(UUID incarnation, List<ResultEntry> entries) {
    if (!retryLoop.retryUntil(() -> tryWrite(incarnation, entries))) {
      log.warn(
          "{} results are not on record, for the database is away; their deliveries are made again.",
          entries.size());
      entries.forEach(this::abandon);
    }
  }

  private boolean tryWrite(UUID incarnation, List<ResultEntry> entries) {
    List<RecordedResult> recorded;
    try {
      recorded =
          ledger.recordResults(incarnation, entries.stream().map(ResultEntry::result).toList());
    } catch (LedgerException.Unavailable | LedgerException.CommitUnknown _) {
      return false;
    } catch (RuntimeException | Error failure) {
      splitBatch(incarnation, entries, failure);
      return true;
    }
    for (int i = 0; i < entries.size(); i++) {
      notifyRecorded(entries.get(i), recorded.get(i));
    }
    return true;
  }

  private void splitBatch(UUID incarnation, List<ResultEntry> entries, Throwable cause) {
    if (entries.size() == 1) {
      writeWithoutAttempt(entries.getFirst(), cause);
      return;
    }
    for (ResultEntry entry : entries) {
      write(incarnation, List.of(entry));
    }
  }

  /// What followed from an attempt is recorded without it, if it can't be recorded with it: else
  /// the delivery would stay this node's own, and nobody would go on with it.
  private void writeWithoutAttempt(ResultEntry entry, Throwable cause) {
    UUID deliveryId = entry.result().claim().id();
    if (entry.result().attempt() == null) {
      log.error("Delivery {} can't be settled; it goes on after the next start", deliveryId, cause);
      abandon(entry);
      return;
    }
    log.error(
        "An attempt of delivery {} can't be recorded; only what follows is", deliveryId, cause);
    write(entry.incarnation(), List.of(entry.withoutAttempt()));
  }

  private void notifyRecorded(ResultEntry entry, RecordedResult recorded) {
    notifyOnce(entry, () -> listener.onRecorded(entry.result(), recorded));
  }

  private void abandon(ResultEntry entry) {
    notifyOnce(entry, () -> listener.onAbandoned(entry.result()));
  }

  /// What goes wrong in telling one result must not hide those behind it.
  private static void notifyOnce(ResultEntry entry, Runnable notification) {
    if (entry.isNotified().compareAndSet(false, true)) {
      try {
        notification.run();
      } catch (RuntimeException | Error bug) {
        log.error(
            "Something that follows the result of delivery {} went wrong; the next ones go on",
            entry.result().claim().id(),
            bug);
      }
    }
  }

  /// Records what was handed in, and returns when that is done, or can't be done.
  @Override
  public void close() {
    retryLoop.close();
    groupCommit.close();
  }
}
