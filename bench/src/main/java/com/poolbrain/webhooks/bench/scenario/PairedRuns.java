package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.ToDoubleFunction;

/// Pairs of runs, each without and with a disturbance. The speed of a machine changes within
/// minutes, so the runs of a pair follow each other and ratios are taken within pairs.
record PairedRuns(List<RunResult> without, List<RunResult> with) {

  PairedRuns() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /// Measures a run of this name.
  @FunctionalInterface
  interface NamedRun {
    RunResult measure(String name) throws InterruptedException;
  }

  /// Something that may slow a run down.
  @FunctionalInterface
  interface Disturbance {
    void run() throws Exception;
  }

  /// Measures pairs of runs.
  ///
  /// @param subject of the disturbance, in the names of the runs; may be empty
  /// @param disturbance begins with the second run of each pair, and is awaited after it
  static PairedRuns measure(NamedRun run, String subject, int count, Disturbance disturbance)
      throws InterruptedException {
    PairedRuns pairs = new PairedRuns();
    String suffix = subject.isEmpty() ? " " : " " + subject + " ";
    for (int pair = 1; pair <= count; pair++) {
      pairs.without().add(run.measure("without" + suffix + pair));
      var disturbing = new FutureTask<>(toCallable(disturbance));
      Thread.ofPlatform().daemon().name("bench-disturbance").start(disturbing);
      pairs.with().add(run.measure("with" + suffix + pair));
      await(disturbing);
    }
    return pairs;
  }

  private static Callable<Boolean> toCallable(Disturbance disturbance) {
    return () -> {
      disturbance.run();
      return true;
    };
  }

  private static void await(FutureTask<?> disturbing) throws InterruptedException {
    try {
      var _ = disturbing.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The disturbance failed: " + e.getCause(), e);
    }
  }

  /// The median over all pairs of a value with the disturbance, divided by that without.
  double medianRatio(ToDoubleFunction<RunResult> value) {
    return TargetCheck.medianRatio(values(without, value), values(with, value));
  }

  private static List<Double> values(List<RunResult> runs, ToDoubleFunction<RunResult> value) {
    return runs.stream().map(value::applyAsDouble).toList();
  }

  /// A target for the p99 of the end-to-end latency.
  TargetCheck p99Check(String subject) {
    double ratio = medianRatio(run -> run.endToEndLatency().p99());
    return TargetCheck.atMost(subject + ": p99, with to without", 1.5, "times", ratio);
  }
}
