package com.poolbrain.webhooks.simulation.scheduler;

import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Deterministic scheduler of virtual threads. It runs one step of one thread at a time on the
/// calling thread, in an order that a seed decides. Virtual time stands still while a thread is
/// runnable, and jumps to the next timer when none is.
///
/// ```
/// var scheduler = new SeededScheduler(new SplittableRandom(17), 1_000_000);
/// SimulatedProcess process = scheduler.newProcess("node");
/// scheduler.run(() -> process.start(task));
/// ```
public final class SeededScheduler implements TimeSource {

  private final SplittableRandom random;
  private final long stepLimit;
  private final List<Step> readySteps = new ArrayList<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Timer.BY_DUE_TIME);
  private final List<ScheduledTask> scheduledTasks = new ArrayList<>();
  private double preemptProbability;
  private long nowNanos;
  private long stepCount;
  private long traceHash;
  private long nextTimerSequence;
  private int threadCount;
  private @Nullable SimulationException failure;

  /// @param stepLimit the simulation fails after that many steps, because it may never end
  public SeededScheduler(SplittableRandom random, long stepLimit) {
    this.random = random;
    this.stepLimit = stepLimit;
  }

  /// A task that runs right before the given step.
  private record ScheduledTask(long atStep, Runnable task) {}

  /// A task that may wait.
  public interface Task {
    void run() throws InterruptedException;
  }

  public SimulatedProcess newProcess(String name) {
    return new SimulatedProcess(this, name);
  }

  /// Runs a task and every thread that it starts, until the task has ended.
  ///
  /// @throws SimulationException on a deadlock, after too many steps, or if a thread threw
  public void run(Task task) {
    boolean[] done = {false};
    newProcess("world")
        .start(() -> {
          task.run();
          done[0] = true;
        });
    while (!done[0]) {
      runNextStep();
      if (failure != null) {
        throw failure;
      }
    }
  }

  private void runNextStep() {
    runScheduledTasks();
    if (readySteps.isEmpty()) {
      fireNextTimer();
      return;
    }
    if (++stepCount > stepLimit) {
      throw new SimulationException("Not idle after " + stepLimit + " steps");
    }
    int index = random.nextInt(readySteps.size());
    Step step = readySteps.get(index);
    Step last = readySteps.removeLast();
    if (index < readySteps.size()) {
      readySteps.set(index, last);
    }
    traceHash = (traceHash * 31 + step.threadNumber()) * 31 + nowNanos;
    step.continuation().run();
  }

  private void runScheduledTasks() {
    for (int i = 0; i < scheduledTasks.size(); i++) {
      if (scheduledTasks.get(i).atStep() <= stepCount) {
        scheduledTasks.remove(i--).task().run();
      }
    }
  }

  private void fireNextTimer() {
    Timer timer = timers.poll();
    while (timer != null && timer.isCancelled()) {
      timer = timers.poll();
    }
    if (timer == null) {
      throw new SimulationException("Deadlock: no thread is runnable and no timer is set");
    }
    nowNanos = Math.max(nowNanos, timer.dueNanos());
    timer.fire();
  }

  /// Runs a task before a later step, on the carrier thread. The task must not wait.
  public void runAfterSteps(int count, Runnable task) {
    scheduledTasks.add(new ScheduledTask(stepCount + count, task));
  }

  /// Drops every task of [#runAfterSteps] that has not run.
  public void cancelScheduledTasks() {
    scheduledTasks.clear();
  }

  /// Sets the probability with which [#maybeYield] yields.
  public void setPreemptProbability(double probability) {
    preemptProbability = probability;
  }

  /// A preemption point: yields to another runnable thread, or not.
  @SuppressWarnings("ThreadPriorityCheck") // this is the scheduler that yielding relies on
  public void maybeYield() {
    if (preemptProbability > 0
        && Thread.currentThread().isVirtual()
        && random.nextDouble() < preemptProbability) {
      Thread.yield();
    }
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Timer timer = newTimer(time, LockSupport::unpark);
    while (!timer.hasFired()) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        timer.cancel();
        throw new InterruptedException();
      }
    }
  }

  /// Waits on a condition like [Condition#await()], at most for a time.
  ///
  /// Signalling needs the condition's lock, which is not known here. So the timer interrupts the
  /// waiting thread.
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, as for the condition itself
  public void await(Condition condition, Duration timeout) throws InterruptedException {
    Timer timer = newTimer(timeout, Thread::interrupt);
    try {
      condition.await();
    } catch (InterruptedException interrupted) {
      if (!timer.hasFired()) {
        throw interrupted;
      }
    } finally {
      timer.cancel();
      if (timer.hasFired()) {
        Thread.interrupted();
      }
    }
  }

  private Timer newTimer(Duration delay, Consumer<Thread> wakeUp) {
    long dueNanos = nowNanos + Math.max(0, delay.toNanos());
    Timer timer = new Timer(dueNanos, nextTimerSequence++, Thread.currentThread(), wakeUp);
    timers.add(timer);
    return timer;
  }

  /// A hash of every step so far. Equal hashes mean equal runs.
  public long traceHash() {
    return traceHash;
  }

  /// The number of steps so far.
  public long stepCount() {
    return stepCount;
  }

  int nextThreadNumber() {
    return threadCount++;
  }

  void submit(Step step) {
    readySteps.add(step);
  }

  List<Step> withdraw(SimulatedProcess process) {
    List<Step> withdrawn = readySteps.stream().filter(step -> step.process() == process).toList();
    readySteps.removeAll(withdrawn);
    return withdrawn;
  }

  void fail(String message, Throwable cause) {
    if (failure == null) {
      failure = new SimulationException(message, cause);
    }
  }
}
