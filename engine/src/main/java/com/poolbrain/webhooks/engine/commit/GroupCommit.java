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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what many hand in at once into few transactions: the first entry goes at once, and the
/// next batch is what arrived until it has its turn. Companies share a batch by rows, and who had
/// much of one rests, so that one that hands in much does not make the others wait for all of it.
public final class GroupCommit<T extends GroupCommit.Entry> implements Service {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /// Something to be committed together with others.
  public interface Entry {
    /// Whose turn it takes.
    long companyId();

    /// Rows that it makes: events, and deliveries that they become.
    int rows();

    /// Bytes that it carries.
    long bytes();
  }

  /// What one batch may hold; a larger entry goes alone. Much larger ones cost hardly less for each
  /// row, but let results wait for publishes: more is accepted than delivered then, and what finds
  /// no room in memory costs half as much again.
  ///
  /// @param companyShare rows of one company, while several hand in
  public record BatchLimits(int maxRows, long maxBytes, int companyShare) {
    public static final BatchLimits DEFAULT = new BatchLimits(500, 4L << 20, 200);

    /// For what holds a place that others wait for, so that a rest would hold up everybody.
    public static final BatchLimits WITHOUT_COOLDOWN =
        new BatchLimits(500, 4L << 20, Integer.MAX_VALUE);
  }

  private final BatchLimits limits;
  private final Clock clock;
  private final BatchHandler<T> handler;
  private final NoisyCompanyCooldown cooldown;
  private final Thread committer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition entryAdded = lock.newCondition();
  private final LinkedHashMap<Long, ArrayDeque<T>> waiting = new LinkedHashMap<>();
  private boolean closed;

  /// What a company has in a batch.
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

  /// What is done with a batch.
  ///
  /// @param commit stores it and tells everybody concerned
  /// @param onFailure tells those who were not told yet that `commit` broke off
  /// @param commitLock what is taken for each batch
  public record BatchHandler<T>(
      Consumer<List<T>> commit, BiConsumer<List<T>, Throwable> onFailure, CommitLock commitLock) {}

  public GroupCommit(
      BatchLimits limits, Clock clock, ThreadFactory threads, BatchHandler<T> handler) {
    this.limits = limits;
    this.clock = clock;
    this.handler = handler;
    this.cooldown = new NoisyCompanyCooldown(limits.companyShare);
    this.committer = threads.newThread(this::run);
  }

  @Override
  public void start() {
    committer.start();
  }

  /// Hands in an entry.
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
      // Who rests wakes nobody up: its time is known, unless nobody waits for any.
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
      handler.commitLock.acquire();
      try {
        List<T> batch = takeBatch();
        long startNanos = clock.nanoTime();
        commit(batch);
        startCooldowns(batch, startNanos);
      } finally {
        handler.commitLock.release();
      }
    }
  }

  /// Whatever a batch does, the next one goes on: without this thread the node would look alive and
  /// store nothing more.
  private void commit(List<T> batch) {
    try {
      try {
        handler.commit.accept(batch);
      } catch (RuntimeException | Error bug) {
        log.error("Storing {} entries broke off; they are given back", batch.size(), bug);
        handler.onFailure.accept(batch, bug);
      }
    } catch (RuntimeException | Error bug) {
      log.error("{} entries could not be given back; the next ones go on", batch.size(), bug);
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

  /// False if this is closed and nothing is left.
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
      // Only closing ends this thread; what is left of the rest is looked at again.
    }
  }

  /// Nanoseconds until somebody who waits has rested.
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

  /// Whoever has the fewest rows in it comes next, so that many small entries of one company keep
  /// up with few large ones of another. Who got nothing is first in the next one.
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

  /// Takes nothing more, commits what is there, and returns when that is done.
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
