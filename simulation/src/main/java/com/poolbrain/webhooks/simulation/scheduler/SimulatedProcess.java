package com.poolbrain.webhooks.simulation.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/// The threads of one process of a simulated world: they pause together and die together.
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

  /// What a thread does between two moments at which it waits.
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
            scheduler.fail("A thread of " + name + " broke off", exception);
          } finally {
            liveThreads--;
          }
        });
  }

  /// A thread of somebody who calls this process, and may wait for its answer when the process
  /// itself has come to its end.
  public Thread newCallerThread(Runnable task) {
    return newThread(() -> {
      waitingCallers.add(Thread.currentThread());
      try {
        task.run();
      } finally {
        waitingCallers.remove(Thread.currentThread());
      }
    });
  }

  /// Something takes time that is done for this process: a caller who does it does not only wait
  /// for an answer meanwhile.
  public void work(Duration time) throws InterruptedException {
    boolean isCaller = waitingCallers.remove(Thread.currentThread());
    try {
      scheduler.sleep(time);
    } finally {
      if (isCaller) {
        waitingCallers.add(Thread.currentThread());
      }
    }
  }

  private void submit(Step step) {
    if (isPaused) {
      pausedSteps.add(step);
    } else if (!isDead) {
      scheduler.submit(step);
    }
  }

  /// Threads that began and have not ended, without callers who only wait for an answer.
  public int liveThreads() {
    return isDead ? 0 : liveThreads - waitingCallers.size();
  }

  public boolean isDead() {
    return isDead;
  }

  public boolean isPaused() {
    return isPaused;
  }

  /// Stops all its threads where they are.
  public void pause() {
    isPaused = true;
    pausedSteps.addAll(scheduler.withdraw(this));
  }

  /// Lets them go on.
  public void resume() {
    isPaused = false;
    pausedSteps.forEach(this::submit);
    pausedSteps.clear();
  }

  /// None of its threads ever runs again, except the calling one to its next wait.
  public void kill() {
    isDead = true;
    isPaused = false;
    pausedSteps.clear();
    scheduler.withdraw(this);
  }
}
