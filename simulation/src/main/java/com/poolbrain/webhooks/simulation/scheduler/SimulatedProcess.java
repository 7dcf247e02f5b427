package com.poolbrain.webhooks.simulation.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/// The threads of one simulated process. They are paused, resumed and killed together.
public final class SimulatedProcess implements ThreadFactory {

  private final SeededScheduler scheduler;
  private final String name;
  private final List<Step> pausedSteps = new ArrayList<>();
  private final Set<Thread> waitingCallers = new HashSet<>();
  private boolean isPaused;
  private boolean isDead;
  private int liveThreads;

  SimulatedProcess(SeededScheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /// What a thread does between two points at which it waits.
  record Step(SimulatedProcess process, int threadNumber, Runnable continuation) {}

  public String name() {
    return name;
  }

  @Override
  public Thread newThread(Runnable task) {
    int threadNumber = scheduler.nextThreadNumber();
    Executor stepExecutor = continuation -> submit(new Step(this, threadNumber, continuation));
    return VirtualThreads.unstarted(
        stepExecutor,
        name + "-" + threadNumber,
        () -> {
          liveThreads++;
          try {
            task.run();
          } catch (Throwable exception) {
            scheduler.fail("Thread of " + name + " threw", exception);
          } finally {
            liveThreads--;
          }
        });
  }

  /// Starts a thread of this process.
  public void start(SeededScheduler.Task task) {
    newThread(uninterrupted(task)).start();
  }

  /// Starts a thread of a client of this process. The client may still wait for the response when
  /// the process has ended.
  public void startCaller(SeededScheduler.Task task) {
    Runnable call = uninterrupted(task);
    newThread(
            () -> {
              waitingCallers.add(Thread.currentThread());
              try {
                call.run();
              } finally {
                waitingCallers.remove(Thread.currentThread());
              }
            })
        .start();
  }

  /// Sleeps for work that is done for this process. A client's thread counts as a thread of the
  /// process meanwhile.
  public void work(Duration time) {
    boolean isCaller = waitingCallers.remove(Thread.currentThread());
    try {
      uninterrupted(() -> scheduler.sleep(time)).run();
    } finally {
      if (isCaller) {
        waitingCallers.add(Thread.currentThread());
      }
    }
  }

  private static Runnable uninterrupted(SeededScheduler.Task task) {
    return () -> {
      try {
        task.run();
      } catch (InterruptedException unexpected) {
        throw new IllegalStateException(unexpected);
      }
    };
  }

  private void submit(Step step) {
    if (isPaused) {
      pausedSteps.add(step);
    } else if (!isDead) {
      scheduler.submit(step);
    }
  }

  /// Threads that have started and not ended, without clients that only wait for a response.
  public int liveThreads() {
    return isDead ? 0 : liveThreads - waitingCallers.size();
  }

  public boolean isDead() {
    return isDead;
  }

  public boolean isPaused() {
    return isPaused;
  }

  /// Stops all threads until [#resume].
  public void pause() {
    isPaused = true;
    pausedSteps.addAll(scheduler.withdraw(this));
  }

  public void resume() {
    isPaused = false;
    pausedSteps.forEach(this::submit);
    pausedSteps.clear();
  }

  /// Stops all threads for ever; the calling one at its next wait.
  public void kill() {
    isDead = true;
    isPaused = false;
    pausedSteps.clear();
    scheduler.withdraw(this);
  }
}
