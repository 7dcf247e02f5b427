package com.poolbrain.webhooks.simulation.scheduler;

import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess.Step;
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

  /// @param stepLimit after that many steps it gives up: something turns in circles
  public SeededScheduler(SplittableRandom random, long stepLimit) {
    this.random = random;
    this.stepLimit = stepLimit;
  }

  /// What is to be done right before a step.
  private record ScheduledTask(long atStep, Runnable task) {}

  /// A task that may wait.
  public interface Task {
    void run() throws InterruptedException;
  }

  public SimulatedProcess newProcess(String name) {
    return new SimulatedProcess(this, name);
  }

  /// Runs a task and all that it starts, until the task itself has ended.
  ///
  /// @throws SimulationException if nobody can run and nobody waits for time, or a thread broke off
  public void run(Task task) {
    boolean[] done = {false};
    newProcess("world")
        .newThread(() -> {
          try {
            task.run();
          } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
          }
          done[0] = true;
        })
        .start();
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
      throw new SimulationException("It does not come to rest within " + stepLimit + " steps");
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
      throw new SimulationException("Nobody can run, and nobody waits for time to pass");
    }
    nowNanos = Math.max(nowNanos, timer.dueNanos());
    timer.fire();
  }

  /// Does something on the carrier, so that it can't wait, before a step that lies ahead.
  public void runAfterSteps(int count, Runnable task) {
    scheduledTasks.add(new ScheduledTask(stepCount + count, task));
  }

  /// Forgets what was to be done before later steps.
  public void cancelScheduledTasks() {
    scheduledTasks.clear();
  }

  /// How likely a thread loses its turn at a place where it need not.
  public void preemptProbability(double probability) {
    preemptProbability = probability;
  }

  /// A place at which another thread may get its turn.
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

  /// Waits on a condition as [Condition#await()] does, but not longer than that.
  ///
  /// Signalling needs the condition's lock, which is not known here; so time interrupts the waiting
  /// thread.
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

  private Timer newTimer(Duration after, java.util.function.Consumer<Thread> wakeUp) {
    long dueNanos = nowNanos + Math.max(0, after.toNanos());
    Timer timer = new Timer(dueNanos, nextTimerSequence++, Thread.currentThread(), wakeUp);
    timers.add(timer);
    return timer;
  }

  /// A number that depends on every step so far: equal numbers, equal stories.
  public long traceHash() {
    return traceHash;
  }

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
