package com.poolbrain.webhooks.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A target and the measured value.
///
/// @param subject what is measured
/// @param unit such as `ms`; may be empty
/// @param limit the target
public record TargetCheck(String subject, String unit, double actual, Bound bound, double limit) {

  /// Whether the target is a maximum or a minimum.
  public enum Bound {
    AT_MOST("≤"),
    AT_LEAST("≥");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /// A target that must not be exceeded.
  public static TargetCheck atMost(String subject, double limit, String unit, double actual) {
    return new TargetCheck(subject, unit, actual, Bound.AT_MOST, limit);
  }

  /// A target that must be reached.
  public static TargetCheck atLeast(String subject, double limit, String unit, double actual) {
    return new TargetCheck(subject, unit, actual, Bound.AT_LEAST, limit);
  }

  /// The maximum memory of the service in all runs.
  public static TargetCheck maxMemory(String scenario, List<RunResult> runs) {
    double megabytes =
        runs.stream().mapToDouble(run -> run.cost().maxRssMegabytes()).max().orElse(0);
    return atMost("memory of the service, " + scenario, 700, "MB", megabytes);
  }

  /// The median of a value over runs.
  public static double median(List<RunResult> runs, ToDoubleFunction<RunResult> value) {
    return median(runs.stream().map(value::applyAsDouble).toList());
  }

  /// The median of the ratios of pairs of numbers.
  public static double medianRatio(List<Double> without, List<Double> with) {
    return median(
        IntStream.range(0, with.size()).mapToObj(i -> with.get(i) / without.get(i)).toList());
  }

  /// The median of numbers.
  public static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// Whether the target is met.
  public boolean isMet() {
    return switch (bound) {
      case AT_MOST -> actual <= limit;
      case AT_LEAST -> actual >= limit;
    };
  }

  /// The target as text.
  public String limitText() {
    return bound.sign + " " + format(limit);
  }

  /// The measured value as text.
  public String actualText() {
    return format(actual);
  }

  private String format(double value) {
    String text = (value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f").formatted(value);
    String number = text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
