package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.simulation.Crew.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs virtual threads one step at a time on the thread that calls it, in an order that a seed
/// decides, and keeps their time: it stands still while anybody can run, and jumps to the next
/// moment that somebody waits for when nobody can.
///
/// ```
/// var scheduler = new SeededScheduler(new SplittableRandom(17), 1_000_000);
/// Crew crew = scheduler.crew("node");
/// scheduler.run(() -> crew.newThread(task).start());
/// ```
final class SeededScheduler implements Time {

  private final SplittableRandom random;
  private final long stepLimit;
  private final List<Step> ready = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Alarm.EARLIEST);
  private final List<Appointment> appointments = new ArrayList<>();
  private double unrest;
  private long now;
  private long steps;
  private long trace;
  private long ordered;
  private int threads;
  private @Nullable SimulationException failure;

  /// @param stepLimit after that many steps it gives up: something turns in circles
  SeededScheduler(SplittableRandom random, long stepLimit) {
    this.random = random;
    this.stepLimit = stepLimit;
  }

  /// What is to be done right before a step.
  private record Appointment(long step, Runnable task) {}

  /// A task that may wait.
  interface Task {
    void run() throws InterruptedException;
  }

  Crew crew(String name) {
    return new Crew(this, name);
  }

  /// Runs a task and all that it starts, until the task itself has ended.
  ///
  /// @throws SimulationException if nobody can run and nobody waits for time, or a thread broke off
  void run(Task task) {
    boolean[] done = {false};
    crew("world")
        .newThread(() -> {
          try {
            task.run();
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
          done[0] = true;
        })
        .start();
    while (!done[0]) {
      next();
      if (failure != null) {
        throw failure;
      }
    }
  }

  private void next() {
    keepAppointments();
    if (ready.isEmpty()) {
      ring();
      return;
    }
    if (++steps > stepLimit) {
      throw new SimulationException("It does not come to rest within " + stepLimit + " steps");
    }
    int index = random.nextInt(ready.size());
    Step step = ready.get(index);
    Step last = ready.removeLast();
    if (index < ready.size()) {
      ready.set(index, last);
    }
    trace = (trace * 31 + step.thread()) * 31 + now;
    step.continuation().run();
  }

  private void keepAppointments() {
    for (int i = 0; i < appointments.size(); i++) {
      if (appointments.get(i).step() <= steps) {
        appointments.remove(i--).task().run();
      }
    }
  }

  private void ring() {
    Alarm alarm = alarms.poll();
    while (alarm != null && alarm.cancelled()) {
      alarm = alarms.poll();
    }
    if (alarm == null) {
      throw new SimulationException("Nobody can run, and nobody waits for time to pass");
    }
    now = Math.max(now, alarm.at());
    alarm.ring();
  }

  /// Does something on the carrier, so that it can't wait, before a step that lies ahead.
  void afterSteps(int count, Runnable task) {
    appointments.add(new Appointment(steps + count, task));
  }

  /// Forgets what was to be done before later steps.
  void cancelAppointments() {
    appointments.clear();
  }

  /// How likely a thread loses its turn at a place where it need not.
  void unrest(double probability) {
    unrest = probability;
  }

  /// A place at which another thread may get its turn.
  @SuppressWarnings("ThreadPriorityCheck") // this is the scheduler that yielding relies on
  void maybeYield() {
    if (unrest > 0 && Thread.currentThread().isVirtual() && random.nextDouble() < unrest) {
      Thread.yield();
    }
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Alarm alarm = alarm(time, LockSupport::unpark);
    while (!alarm.rang()) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        alarm.cancel();
        throw new InterruptedException();
      }
    }
  }

  /// Waits on a condition as [Condition#await()] does, but not longer than that.
  ///
  /// Signalling needs the condition's lock, which is not known here; so time interrupts the waiting
  /// thread.
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, as for the condition itself
  void await(Condition condition, Duration atMost) throws InterruptedException {
    Alarm alarm = alarm(atMost, Thread::interrupt);
    try {
      condition.await();
    } catch (InterruptedException interrupted) {
      if (!alarm.rang()) {
        throw interrupted;
      }
    } finally {
      alarm.cancel();
      if (alarm.rang()) {
        Thread.interrupted();
      }
    }
  }

  private Alarm alarm(Duration after, java.util.function.Consumer<Thread> wake) {
    long at = now + Math.max(0, after.toNanos());
    Alarm alarm = new Alarm(at, ordered++, Thread.currentThread(), wake);
    alarms.add(alarm);
    return alarm;
  }

  /// A number that depends on every step so far: equal numbers, equal stories.
  long trace() {
    return trace;
  }

  long steps() {
    return steps;
  }

  int number() {
    return threads++;
  }

  void submit(Step step) {
    ready.add(step);
  }

  List<Step> withdraw(Crew crew) {
    List<Step> withdrawn = ready.stream().filter(step -> step.crew() == crew).toList();
    ready.removeAll(withdrawn);
    return withdrawn;
  }

  void fail(String what, Throwable why) {
    if (failure == null) {
      failure = new SimulationException(what, why);
    }
  }
}
