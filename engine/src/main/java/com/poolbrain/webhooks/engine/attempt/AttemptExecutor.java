package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.engine.attempt.AttemptPipeline.Result.Finished;
import com.poolbrain.webhooks.engine.attempt.AttemptPipeline.Result.Postponed;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.node.NodeLease;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/// Runs the attempts that the dispatcher starts, each on its own thread.
public final class AttemptExecutor {

  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final AttemptPipeline pipeline;
  private final ResultWriter results;
  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Thread> runningThreads = new LinkedHashSet<>();
  private boolean stopped;

  /// An executor that accepts attempts until [#stop].
  public AttemptExecutor(
      NodeLease lease,
      DeliveryDispatcher dispatcher,
      AttemptPipeline pipeline,
      ResultWriter results,
      ThreadFactory threads) {
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.pipeline = pipeline;
    this.results = results;
    this.threads = threads;
  }

  /// Starts an attempt, and returns at once.
  public void start(OwnedClaim owned) {
    threads.newThread(() -> run(owned)).start();
  }

  private void run(OwnedClaim owned) {
    if (!lease.isCurrent(owned.incarnation())) {
      dispatcher.recordUnsent(owned.claim());
      results.abandon(owned.claim());
    } else if (registerThread()) {
      try {
        attempt(owned);
      } finally {
        unregisterThread();
      }
    } else {
      dispatcher.requeue(owned);
    }
  }

  private void attempt(OwnedClaim owned) {
    try {
      switch (pipeline.run(owned.claim())) {
        case Finished(Sent sent) -> {
          dispatcher.recordEnd(owned.claim(), sent.healthOutcome());
          results.write(owned.incarnation(), sent);
        }
        case Finished(NotSent notSent) -> {
          dispatcher.recordUnsent(owned.claim());
          results.write(owned.incarnation(), notSent);
        }
        case Postponed() -> {
          dispatcher.pause();
          dispatcher.requeue(owned);
        }
      }
    } catch (InterruptedException _) {
      dispatcher.requeue(owned);
    }
  }

  private boolean registerThread() {
    lock.lock();
    try {
      if (!stopped) {
        runningThreads.add(Thread.currentThread());
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void unregisterThread() {
    lock.lock();
    try {
      runningThreads.remove(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts the running attempts and makes no further one. Their deliveries are queued again as
  /// if nothing had been sent.
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      runningThreads.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }
}
