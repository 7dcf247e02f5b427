package com.poolbrain.webhooks.bench.report;

import java.util.Locale;

/// One number that was aimed at, and what it is.
///
/// @param subject what it is about
/// @param unit as `ms`; may be empty
/// @param must the bound
/// @param bound whether the number must be at most or at least that
public record Finding(String subject, String unit, double is, Bound bound, double must) {

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
  public static Finding atMost(String subject, double must, String unit, double is) {
    return new Finding(subject, unit, is, Bound.AT_MOST, must);
  }

  /// One that should not be less.
  public static Finding atLeast(String subject, double must, String unit, double is) {
    return new Finding(subject, unit, is, Bound.AT_LEAST, must);
  }

  /// Whether it is as it should be.
  public boolean met() {
    return switch (bound) {
      case AT_MOST -> is <= must;
      case AT_LEAST -> is >= must;
    };
  }

  /// The bound in words.
  public String mustText() {
    return bound.sign + " " + number(must) + unitText();
  }

  /// The number in words.
  public String isText() {
    return number(is) + unitText();
  }

  private String unitText() {
    return unit.isEmpty() ? "" : " " + unit;
  }

  private static String number(double value) {
    String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    String text = String.format(Locale.ROOT, form, value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
