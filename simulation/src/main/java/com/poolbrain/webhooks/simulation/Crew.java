package com.poolbrain.webhooks.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/// The threads of one process of a simulated world: they pause together and die together.
final class Crew implements ThreadFactory {

  private final SeededScheduler scheduler;
  private final String name;
  private final List<Step> held = new ArrayList<>();
  private final Set<Thread> waiting = new HashSet<>();
  private boolean paused;
  private boolean dead;
  private int alive;

  Crew(SeededScheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /// What a thread does between two moments at which it waits.
  record Step(Crew crew, int thread, Runnable continuation) {}

  String name() {
    return name;
  }

  @Override
  public Thread newThread(Runnable task) {
    int thread = scheduler.number();
    Executor steps = continuation -> submit(new Step(this, thread, continuation));
    return VirtualThreads.unstarted(
        steps,
        name + "-" + thread,
        () -> {
          alive++;
          try {
            task.run();
          } catch (Throwable bug) {
            scheduler.fail("A thread of " + name + " broke off", bug);
          } finally {
            alive--;
          }
        });
  }

  /// A thread of somebody who calls this process, and may wait for its answer when the process
  /// itself has come to its end.
  Thread newCaller(Runnable task) {
    return newThread(() -> {
      waiting.add(Thread.currentThread());
      try {
        task.run();
      } finally {
        waiting.remove(Thread.currentThread());
      }
    });
  }

  /// Something takes time that is done for this process: a caller who does it does not only wait
  /// for an answer meanwhile.
  void work(Duration time) throws InterruptedException {
    boolean caller = waiting.remove(Thread.currentThread());
    try {
      scheduler.sleep(time);
    } finally {
      if (caller) {
        waiting.add(Thread.currentThread());
      }
    }
  }

  private void submit(Step step) {
    if (paused) {
      held.add(step);
    } else if (!dead) {
      scheduler.submit(step);
    }
  }

  /// Threads that began and have not ended, without callers who only wait for an answer.
  int alive() {
    return dead ? 0 : alive - waiting.size();
  }

  boolean dead() {
    return dead;
  }

  boolean paused() {
    return paused;
  }

  /// Stops all its threads where they are.
  void pause() {
    paused = true;
    held.addAll(scheduler.withdraw(this));
  }

  /// Lets them go on.
  void resume() {
    paused = false;
    held.forEach(this::submit);
    held.clear();
  }

  /// None of its threads ever runs again, except the calling one to its next wait.
  void kill() {
    dead = true;
    paused = false;
    held.clear();
    scheduler.withdraw(this);
  }
}
