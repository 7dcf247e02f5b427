package com.poolbrain.webhooks.http.share;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the tasks of many senders, a limited number at a time. Senders take turns, so a sender with
/// many tasks delays the others by the tasks that run already, never by those that wait.
///
/// ```java
/// var executor = new FairExecutor(Executors.newFixedThreadPool(2), 2, 2);
/// executor.execute("key 1", task);
/// ```
public final class FairExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(FairExecutor.class);

  private final Executor threads;
  private final int maxRunning;
  private final int maxRunningPerSender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Share> shares = new HashMap<>();
  private final ArrayDeque<Share> turns = new ArrayDeque<>();
  private int running;

  /// The tasks of one sender. It is in `turns` while it has a task that may run.
  private static final class Share {
    private final String sender;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(4);
    private int running;
    private boolean isInTurns;

    private Share(String sender) {
      this.sender = sender;
    }
  }

  /// @param threads runs each task at once, on another thread than the caller's
  public FairExecutor(Executor threads, int maxRunning, int maxRunningPerSender) {
    this.threads = threads;
    this.maxRunning = maxRunning;
    this.maxRunningPerSender = maxRunningPerSender;
  }

  /// Runs a task as soon as it is the sender's turn. Tasks of one sender start in their order. A
  /// task must not throw.
  public void execute(String sender, Runnable task) {
    lock.lock();
    try {
      Share share = shares.computeIfAbsent(sender, Share::new);
      share.waiting.add(task);
      takeTurn(share);
    } finally {
      lock.unlock();
    }
    startTasks();
  }

  /// Runs work as soon as it is the sender's turn, and waits for its result. Exceptions of the work
  /// are thrown to the caller.
  public <T> T call(String sender, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    execute(
        sender,
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
          }
        });
    try {
      return result.join();
    } catch (CompletionException failure) {
      switch (failure.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw failure;
      }
    }
  }

  private void startTasks() {
    for (Runnable task = nextTask(); task != null; task = nextTask()) {
      try {
        threads.execute(task);
      } catch (RejectedExecutionException _) {
        LOG.debug("Dropped a request after the listener had stopped; its connection is closed");
      }
    }
  }

  private @Nullable Runnable nextTask() {
    lock.lock();
    try {
      Share share = running < maxRunning ? turns.poll() : null;
      if (share == null) {
        return null;
      }
      Runnable task = share.waiting.remove();
      running++;
      share.running++;
      share.isInTurns = false;
      takeTurn(share);
      return () -> run(share, task);
    } finally {
      lock.unlock();
    }
  }

  private void takeTurn(Share share) {
    if (!share.isInTurns && !share.waiting.isEmpty() && share.running < maxRunningPerSender) {
      share.isInTurns = true;
      turns.add(share);
    }
  }

  private void run(Share share, Runnable task) {
    try {
      task.run();
    } finally {
      recordEnd(share);
      startTasks();
    }
  }

  private void recordEnd(Share share) {
    lock.lock();
    try {
      running--;
      share.running--;
      takeTurn(share);
      if (share.running == 0 && share.waiting.isEmpty()) {
        shares.remove(share.sender);
      }
    } finally {
      lock.unlock();
    }
  }
}
