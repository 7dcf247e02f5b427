package com.poolbrain.webhooks.web.page;

import java.util.Locale;

/// Numbers as pages show them.
public final class Numbers {

  private Numbers() {}

  /// `12,345`.
  public static String format(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /// The number with its noun: `1 delivery`, `12 deliveries`, `No deliveries` for none.
  public static String count(long number, String one, String many) {
    return (number == 0 ? "No" : format(number)) + " " + (number == 1 ? one : many);
  }
}
