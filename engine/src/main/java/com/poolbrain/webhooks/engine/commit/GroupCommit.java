package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.engine.runtime.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns entries that arrive at the same time into few transactions. The first entry is committed
/// at once; the next batch holds what arrived meanwhile. Companies share a batch by rows, and a
/// company that filled its share cools down before its next batch, so that others need not wait for
/// all of its entries.
public final class GroupCommit<T extends GroupCommit.Entry> implements Service {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /// An entry that is committed together with others.
  public interface Entry {
    /// The company whose share of the batch it uses.
    long companyId();

    /// Number of rows that it inserts.
    int rows();

    /// Approximate size in bytes.
    long bytes();
  }

  /// Size limits of one batch. An entry above them is committed alone.
  ///
  /// Tuned with the benchmark scenarios `throughput` and `neighbour`: larger batches cost hardly
  /// less per row, but let results wait for publishes.
  ///
  /// @param companyShare rows that one company may have while several companies are active
  public record BatchLimits(int maxRows, long maxBytes, int companyShare) {
    /// For publishes.
    public static final BatchLimits DEFAULT = new BatchLimits(500, 4L << 20, 200);

    /// For results: each one holds a slot that other companies wait for, so no company cools down.
    public static final BatchLimits WITHOUT_COOLDOWN =
        new BatchLimits(500, 4L << 20, Integer.MAX_VALUE);

    /// Each entry is committed alone.
    public static final BatchLimits SINGLE_ENTRY = new BatchLimits(1, 1, Integer.MAX_VALUE);
  }

  private final BatchLimits limits;
  private final Clock clock;
  private final ReentrantLock writeLock;
  private final BatchHandler<T> handler;
  private final NoisyCompanyCooldown cooldown;
  private final Thread committer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition entryAdded = lock.newCondition();
  private final LinkedHashMap<Long, ArrayDeque<T>> waiting = new LinkedHashMap<>();
  private boolean closed;

  /// The entries of one company, and the rows that it already has in the batch.
  private static final class Share<T> implements Comparable<Share<T>> {
    final long companyId;
    final ArrayDeque<T> entries;
    final int arrivalOrder;
    int rows;

    Share(long companyId, ArrayDeque<T> entries, int arrivalOrder) {
      this.companyId = companyId;
      this.entries = entries;
      this.arrivalOrder = arrivalOrder;
    }

    @Override
    public int compareTo(Share<T> other) {
      return rows != other.rows
          ? Integer.compare(rows, other.rows)
          : Integer.compare(arrivalOrder, other.arrivalOrder);
    }
  }

  /// Writes batches.
  public interface BatchHandler<T> {

    /// Writes a batch and completes all of its entries.
    void commit(List<T> batch);

    /// Completes the entries that are still open after [#commit] failed unexpectedly.
    void onFailure(List<T> batch, Throwable failure);
  }

  /// @param writeLock held while a batch is written
  GroupCommit(
      BatchLimits limits,
      Clock clock,
      ThreadFactory threads,
      ReentrantLock writeLock,
      BatchHandler<T> handler) {
    this.limits = limits;
    this.clock = clock;
    this.writeLock = writeLock;
    this.handler = handler;
    this.cooldown = new NoisyCompanyCooldown(limits.companyShare);
    this.committer = threads.newThread(this::run);
  }

  @Override
  public void start() {
    committer.start();
  }

  /// Adds an entry to one of the next batches.
  ///
  /// @return false if this is closed
  public boolean add(T entry) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      long now = clock.nanoTime();
      cooldown.recordActivity(entry.companyId(), now);
      // The end of a cooldown is known to the waiting committer, so only other entries wake it.
      if (waiting.isEmpty() || cooldown.remainingNanos(entry.companyId(), now) == 0) {
        entryAdded.signal();
      }
      waiting.computeIfAbsent(entry.companyId(), _ -> new ArrayDeque<>(4)).add(entry);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitEntries()) {
      writeLock.lock();
      try {
        List<T> batch = takeBatch();
        long startNanos = clock.nanoTime();
        commit(batch);
        startCooldowns(batch, startNanos);
      } finally {
        writeLock.unlock();
      }
    }
  }

  /// No failure of a batch may end this thread: the node would look alive and store nothing more.
  private void commit(List<T> batch) {
    try {
      try {
        handler.commit(batch);
      } catch (RuntimeException | Error bug) {
        log.error(
            "Writing a batch of {} entries failed unexpectedly; their callers are told",
            batch.size(),
            bug);
        handler.onFailure(batch, bug);
      }
    } catch (RuntimeException | Error bug) {
      log.error(
          "{} entries of a failed batch could not be completed; later batches go on",
          batch.size(),
          bug);
    }
  }

  private void startCooldowns(List<T> batch, long startNanos) {
    lock.lock();
    try {
      cooldown.recordBatch(batch, startNanos, clock.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// Returns false if this is closed and no entry is left.
  private boolean awaitEntries() {
    lock.lock();
    try {
      long cooldownNanos = shortestCooldown();
      while (cooldownNanos > 0 && !closed) {
        if (waiting.isEmpty()) {
          entryAdded.awaitUninterruptibly();
        } else {
          awaitCooldown(cooldownNanos);
        }
        cooldownNanos = shortestCooldown();
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void awaitCooldown(long nanos) {
    try {
      clock.await(entryAdded, Duration.ofNanos(nanos));
    } catch (InterruptedException _) {
      // Only closing ends this thread. The caller checks the remaining cooldown again.
    }
  }

  /// Nanoseconds until the first company with entries may commit; 0 if one may now.
  private long shortestCooldown() {
    long now = clock.nanoTime();
    long shortest = Long.MAX_VALUE;
    for (long companyId : waiting.keySet()) {
      shortest = Math.min(shortest, cooldown.remainingNanos(companyId, now));
      if (shortest == 0) {
        break;
      }
    }
    return shortest;
  }

  private List<T> takeBatch() {
    lock.lock();
    try {
      return selectBatch();
    } finally {
      lock.unlock();
    }
  }

  /// The company with the fewest rows in the batch is next, so that many small entries of one
  /// company keep up with few large ones of another. A company that got nothing is first in the
  /// next batch.
  private List<T> selectBatch() {
    List<T> batch = new ArrayList<>();
    PriorityQueue<Share<T>> shares = new PriorityQueue<>();
    long now = clock.nanoTime();
    waiting.forEach((companyId, entries) -> {
      if (closed || cooldown.remainingNanos(companyId, now) == 0) {
        shares.add(new Share<>(companyId, entries, shares.size()));
      }
    });
    int rows = 0;
    long bytes = 0;
    while (!shares.isEmpty() && rows < limits.maxRows) {
      Share<T> share = shares.remove();
      T entry = share.entries.element();
      boolean fits =
          rows + entry.rows() <= limits.maxRows && bytes + entry.bytes() <= limits.maxBytes;
      if (batch.isEmpty() || fits) {
        batch.add(share.entries.remove());
        rows += entry.rows();
        bytes += entry.bytes();
        waiting.remove(share.companyId);
        if (!share.entries.isEmpty()) {
          waiting.put(share.companyId, share.entries);
          share.rows += entry.rows();
          if (closed || cooldown.mayAddMore(share.rows, now)) {
            shares.add(share);
          }
        }
      }
    }
    return batch;
  }

  /// Refuses new entries, commits those that were added, and returns when that is done.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      entryAdded.signalAll();
    } finally {
      lock.unlock();
    }
    Threads.joinUninterruptibly(committer);
  }
}
