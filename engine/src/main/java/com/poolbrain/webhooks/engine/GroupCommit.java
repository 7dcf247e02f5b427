package com.poolbrain.webhooks.engine;

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
/// next batch is what arrived until it has its turn. No timer. Companies share a batch by rows, so
/// that one that hands in much does not make the others wait for all of it.
final class GroupCommit<T extends GroupCommit.Entry> implements Service {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /// Something to be committed together with others.
  interface Entry {
    /// Whose turn it takes.
    long companyId();

    /// Rows that it makes.
    int rows();

    /// Bytes that it carries.
    long bytes();
  }

  /// What one batch may hold; a larger entry goes alone. Much larger ones cost hardly less for each
  /// row, but let results wait for publishes: more is accepted than delivered then, and what finds
  /// no room in memory costs half as much again.
  record BatchLimits(int rows, long bytes) {
    static final BatchLimits DEFAULT = new BatchLimits(500, 4L << 20);
  }

  private final BatchLimits limits;
  private final Work<T> work;
  private final Thread committer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final LinkedHashMap<Long, ArrayDeque<T>> waiting = new LinkedHashMap<>();
  private boolean closed;

  /// What a company has in a batch.
  private static final class Share<T> implements Comparable<Share<T>> {
    final long company;
    final ArrayDeque<T> entries;
    final int arrival;
    int rows;

    Share(long company, ArrayDeque<T> entries, int arrival) {
      this.company = company;
      this.entries = entries;
      this.arrival = arrival;
    }

    @Override
    public int compareTo(Share<T> other) {
      return rows != other.rows
          ? Integer.compare(rows, other.rows)
          : Integer.compare(arrival, other.arrival);
    }
  }

  /// What is done with a batch.
  ///
  /// @param commit stores it and tells everybody concerned
  /// @param broken tells those who were not told yet that `commit` broke off
  /// @param turn what is taken for each batch
  record Work<T>(Consumer<List<T>> commit, BiConsumer<List<T>, Throwable> broken, Turn turn) {}

  GroupCommit(BatchLimits limits, ThreadFactory threads, Work<T> work) {
    this.limits = limits;
    this.work = work;
    this.committer = threads.newThread(this::run);
  }

  @Override
  public void start() {
    committer.start();
  }

  /// Hands in an entry.
  ///
  /// @return false if this is closed
  boolean add(T entry) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      waiting.computeIfAbsent(entry.companyId(), _ -> new ArrayDeque<>(4)).add(entry);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitEntry()) {
      work.turn.take();
      try {
        commit(drain());
      } finally {
        work.turn.give();
      }
    }
  }

  /// Whatever a batch does, the next one goes on: without this thread the node would look alive and
  /// store nothing more.
  private void commit(List<T> batch) {
    try {
      try {
        work.commit.accept(batch);
      } catch (RuntimeException | Error bug) {
        log.error("Storing {} entries broke off; they are given back", batch.size(), bug);
        work.broken.accept(batch, bug);
      }
    } catch (RuntimeException | Error bug) {
      log.error("{} entries could not be given back; the next ones go on", batch.size(), bug);
    }
  }

  /// False if this is closed and nothing is left.
  private boolean awaitEntry() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private List<T> drain() {
    lock.lock();
    try {
      return nextBatch();
    } finally {
      lock.unlock();
    }
  }

  /// Whoever has the fewest rows in it comes next, so that many small entries of one company keep
  /// up with few large ones of another. Who got nothing is first in the next one.
  private List<T> nextBatch() {
    List<T> batch = new ArrayList<>();
    PriorityQueue<Share<T>> shares = new PriorityQueue<>();
    waiting.forEach((company, entries) -> shares.add(new Share<>(company, entries, shares.size())));
    int rows = 0;
    long bytes = 0;
    while (!shares.isEmpty() && rows < limits.rows) {
      Share<T> share = shares.remove();
      T entry = share.entries.element();
      boolean fits = rows + entry.rows() <= limits.rows && bytes + entry.bytes() <= limits.bytes;
      if (batch.isEmpty() || fits) {
        batch.add(share.entries.remove());
        rows += entry.rows();
        bytes += entry.bytes();
        waiting.remove(share.company);
        if (!share.entries.isEmpty()) {
          waiting.put(share.company, share.entries);
          share.rows += entry.rows();
          shares.add(share);
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
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    Joining.join(committer);
  }
}
