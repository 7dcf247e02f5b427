package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Pairs of runs, each without and with a disturbance. The speed of a machine changes within
/// minutes, so the runs of a pair follow each other and ratios are taken within pairs.
record PairedRuns(List<RunResult> without, List<RunResult> with) {

  PairedRuns() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /// The median over all pairs of a value with the disturbance, divided by that without.
  double medianRatio(ToDoubleFunction<RunResult> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      ratios.add(value.applyAsDouble(with.get(i)) / value.applyAsDouble(without.get(i)));
    }
    return TargetCheck.median(ratios);
  }

  /// A target for the p99 of the end-to-end latency.
  TargetCheck p99Check(String subject) {
    double ratio = medianRatio(run -> run.endToEndLatency().p99());
    return TargetCheck.atMost(subject + ": p99, with to without", 1.5, "times", ratio);
  }
}
