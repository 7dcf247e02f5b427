package com.poolbrain.webhooks.engine;

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
final class GroupCommit<T extends GroupCommit.Entry> implements Service {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /// Something to be committed together with others.
  interface Entry {
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
  /// @param share rows of one company, while several hand in
  record BatchLimits(int rows, long bytes, int share) {
    static final BatchLimits DEFAULT = new BatchLimits(500, 4L << 20, 200);

    /// For what holds a place that others wait for, so that a rest would hold up everybody.
    static final BatchLimits WITHOUT_RESTS = new BatchLimits(500, 4L << 20, Integer.MAX_VALUE);
  }

  private final BatchLimits limits;
  private final Clock clock;
  private final Work<T> work;
  private final Rests rests;
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

  GroupCommit(BatchLimits limits, Clock clock, ThreadFactory threads, Work<T> work) {
    this.limits = limits;
    this.clock = clock;
    this.work = work;
    this.rests = new Rests(limits.share);
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
      long now = clock.nanoTime();
      rests.handedIn(entry.companyId(), now);
      // Who rests wakes nobody up: its time is known, unless nobody waits for any.
      if (waiting.isEmpty() || rests.left(entry.companyId(), now) == 0) {
        arrived.signal();
      }
      waiting.computeIfAbsent(entry.companyId(), _ -> new ArrayDeque<>(4)).add(entry);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitEntry()) {
      work.turn.take();
      try {
        List<T> batch = drain();
        long from = clock.nanoTime();
        commit(batch);
        letRest(batch, from);
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

  private void letRest(List<T> batch, long from) {
    lock.lock();
    try {
      rests.had(batch, from, clock.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// False if this is closed and nothing is left.
  private boolean awaitEntry() {
    lock.lock();
    try {
      long rest = leastRest();
      while (rest > 0 && !closed) {
        if (waiting.isEmpty()) {
          arrived.awaitUninterruptibly();
        } else {
          rest(rest);
        }
        rest = leastRest();
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void rest(long nanos) {
    try {
      clock.await(arrived, Duration.ofNanos(nanos));
    } catch (InterruptedException _) {
      // Only closing ends this thread; what is left of the rest is looked at again.
    }
  }

  /// Nanoseconds until somebody who waits has rested.
  private long leastRest() {
    long now = clock.nanoTime();
    long least = Long.MAX_VALUE;
    for (long company : waiting.keySet()) {
      least = Math.min(least, rests.left(company, now));
      if (least == 0) {
        break;
      }
    }
    return least;
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
    long now = clock.nanoTime();
    waiting.forEach((company, entries) -> {
      if (closed || rests.left(company, now) == 0) {
        shares.add(new Share<>(company, entries, shares.size()));
      }
    });
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
          if (closed || rests.mayHaveMore(share.rows, now)) {
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
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    Joining.join(committer);
  }
}
