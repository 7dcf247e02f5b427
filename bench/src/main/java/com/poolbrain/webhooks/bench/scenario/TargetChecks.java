package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Findings that several scenarios have.
final class TargetChecks {

  private static final double MEGABYTE = 1e6;

  private TargetChecks() {}

  /// The most memory of the service in any of the runs.
  static TargetCheck maxMemory(String scenario, List<RunResult> runs) {
    double megabytes =
        runs.stream().mapToDouble(TargetChecks::rssMegabytes).max().orElse(Double.NaN);
    return TargetCheck.atMost("memory of the service, " + scenario, 700, "MB", megabytes);
  }

  /// The most memory of the service in a run.
  static double rssMegabytes(RunResult run) {
    Long bytes = run.costPerDelivery().maxRssBytes();
    return bytes == null ? Double.NaN : bytes / MEGABYTE;
  }

  /// CPU of service and PostgreSQL for each delivery.
  static double serverMicros(RunResult run) {
    return orNaN(run.serverMicrosPerDelivery());
  }

  static double orNaN(@Nullable Double number) {
    return number == null ? Double.NaN : number;
  }

  /// The middle one.
  static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// The median over pairs of runs of how a figure compares: with something, to without it.
  static double medianRatio(
      List<RunResult> with, List<RunResult> without, ToDoubleFunction<RunResult> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      ratios.add(figure.applyAsDouble(with.get(i)) / figure.applyAsDouble(without.get(i)));
    }
    return median(ratios);
  }
}
