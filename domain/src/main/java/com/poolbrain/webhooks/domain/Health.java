package com.poolbrain.webhooks.domain;

import java.util.List;

/// How an endpoint is doing, judged by its latest attempts; tests don't count.
public enum Health implements WireNamed {
  /// Nothing was ever sent to it.
  NEVER_DELIVERED,
  /// Its latest attempts succeeded.
  HEALTHY,
  /// Some of its latest attempts failed.
  DEGRADED,
  /// Its very latest attempts all failed.
  FAILING,
  /// Somebody paused it.
  PAUSED;

  /// How many attempts are looked at.
  public static final int ATTEMPT_WINDOW = 10;

  private static final int FAILING_STREAK = 5;

  /// The health of an endpoint that isn't paused.
  ///
  /// @param succeeded whether its attempts succeeded, the latest first
  public static Health fromAttempts(List<Boolean> succeeded) {
    if (succeeded.isEmpty()) {
      return NEVER_DELIVERED;
    }
    List<Boolean> latest = succeeded.subList(0, Math.min(ATTEMPT_WINDOW, succeeded.size()));
    if (!latest.contains(false)) {
      return HEALTHY;
    }
    boolean succeededRecently =
        latest.subList(0, Math.min(FAILING_STREAK, latest.size())).contains(true);
    return succeededRecently ? DEGRADED : FAILING;
  }
}
