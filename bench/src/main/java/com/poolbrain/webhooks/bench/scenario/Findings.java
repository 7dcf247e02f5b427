package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Findings that several scenarios have.
final class Findings {

  private static final double MEGABYTE = 1e6;

  private Findings() {}

  /// The most memory of the service in any of the runs.
  static Finding memory(String scenario, List<Measured> runs) {
    double most = runs.stream().mapToDouble(Findings::megabytes).max().orElse(Double.NaN);
    return Finding.atMost("memory of the service, " + scenario, 700, "MB", most);
  }

  /// The most memory of the service in a run.
  static double megabytes(Measured run) {
    Long bytes = run.each().rssMaxBytes();
    return bytes == null ? Double.NaN : bytes / MEGABYTE;
  }

  /// CPU of service and PostgreSQL for each delivery.
  static double server(Measured run) {
    return known(run.serverMicros());
  }

  static double known(@Nullable Double number) {
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
  static double ratio(
      List<Measured> with, List<Measured> without, ToDoubleFunction<Measured> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < with.size(); i++) {
      ratios.add(figure.applyAsDouble(with.get(i)) / figure.applyAsDouble(without.get(i)));
    }
    return median(ratios);
  }
}
