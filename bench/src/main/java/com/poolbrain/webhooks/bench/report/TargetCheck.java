package com.poolbrain.webhooks.bench.report;

import java.util.Locale;

/// One number that was aimed at, and what it is.
///
/// @param subject what it is about
/// @param unit as `ms`; may be empty
/// @param limit the bound
/// @param bound whether the number must be at most or at least that
public record TargetCheck(String subject, String unit, double actual, Bound bound, double limit) {

  /// Which side is good.
  public enum Bound {
    AT_MOST("≤"),
    AT_LEAST("≥");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /// One that should not be more.
  public static TargetCheck atMost(String subject, double limit, String unit, double actual) {
    return new TargetCheck(subject, unit, actual, Bound.AT_MOST, limit);
  }

  /// One that should not be less.
  public static TargetCheck atLeast(String subject, double limit, String unit, double actual) {
    return new TargetCheck(subject, unit, actual, Bound.AT_LEAST, limit);
  }

  /// Whether it is as it should be.
  public boolean isMet() {
    return switch (bound) {
      case AT_MOST -> actual <= limit;
      case AT_LEAST -> actual >= limit;
    };
  }

  /// The bound in words.
  public String limitText() {
    return bound.sign + " " + format(limit) + unitText();
  }

  /// The number in words.
  public String actualText() {
    return format(actual) + unitText();
  }

  private String unitText() {
    return unit.isEmpty() ? "" : " " + unit;
  }

  private static String format(double value) {
    String pattern = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    String text = String.format(Locale.ROOT, pattern, value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
