package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.NodeContext;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.manual.PendingResults;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/// Makes the attempts that lanes start, each on a thread of its own, and hands in what came of
/// them.
public final class AttemptExecutor {

  private final NodeContext nodeContext;
  private final AttemptPipeline pipeline;
  private final ResultWriter resultWriter;
  private final PendingResults pendingResults;
  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Thread> running = new LinkedHashSet<>();
  private boolean stopped;

  public AttemptExecutor(
      NodeContext nodeContext,
      AttemptPipeline pipeline,
      ResultWriter resultWriter,
      PendingResults pendingResults,
      ThreadFactory threads) {
    this.nodeContext = nodeContext;
    this.pipeline = pipeline;
    this.resultWriter = resultWriter;
    this.pendingResults = pendingResults;
    this.threads = threads;
  }

  /// Begins an attempt, and returns at once.
  public void start(OwnedClaim ownedClaim) {
    threads.newThread(() -> run(ownedClaim)).start();
  }

  private void run(OwnedClaim ownedClaim) {
    Claim claim = ownedClaim.claim();
    try {
      if (!ownedClaim.incarnation().equals(nodeContext.lease().state().incarnation())) {
        abandon(claim);
      } else if (register()) {
        execute(ownedClaim);
      } else {
        nodeContext.dispatcher().requeue(ownedClaim);
      }
    } finally {
      unregister();
      if (claim.trigger() != Trigger.AUTOMATIC) {
        nodeContext.manualLimiter().release(claim.id());
      }
    }
  }

  private void execute(OwnedClaim ownedClaim) {
    Claim claim = ownedClaim.claim();
    try {
      AttemptResult result = pipeline.execute(claim);
      if (result == null) {
        nodeContext.dispatcher().open(false);
        nodeContext.dispatcher().requeue(ownedClaim);
        return;
      }
      if (result.attempt() == null) {
        nodeContext.dispatcher().recordUnsent(claim);
      } else {
        nodeContext.dispatcher().recordEnd(claim, result.healthOutcome());
      }
      resultWriter.write(ownedClaim.incarnation(), result);
    } catch (InterruptedException _) {
      nodeContext.dispatcher().requeue(ownedClaim);
    }
  }

  /// Its delivery is not this node's any more.
  private void abandon(Claim claim) {
    nodeContext.dispatcher().recordUnsent(claim);
    nodeContext.dispatcher().markRecorded(1);
    pendingResults.complete(claim.id(), PendingResults.Completion.ABANDONED);
  }

  private boolean register() {
    lock.lock();
    try {
      if (!stopped) {
        running.add(Thread.currentThread());
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void unregister() {
    lock.lock();
    try {
      running.remove(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts what runs, and makes no attempt from now on: their deliveries go back to the lanes
  /// as if nothing had been sent.
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      running.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }
}
