package com.poolbrain.webhooks.domain.statistics;

import com.poolbrain.webhooks.domain.WireNamed;
import java.util.List;

/// The health of an endpoint by its latest attempts. Tests, and failures that the endpoint did not
/// cause, don't count.
public enum Health implements WireNamed {
  /// No attempt was made yet.
  NEVER_DELIVERED,
  /// The latest 10 attempts succeeded.
  HEALTHY,
  /// At least one of the latest 10 attempts failed.
  DEGRADED,
  /// The latest 5 attempts failed.
  FAILING,
  /// The endpoint is paused.
  PAUSED;

  /// The number of attempts that are considered.
  public static final int ATTEMPT_WINDOW = 10;

  private static final int FAILING_STREAK = 5;

  /// The health with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no health has this name
  public static Health fromWireName(String wireName) {
    return WireNamed.find(Health.class, "health", wireName);
  }

  /// The health of an endpoint that is not paused.
  ///
  /// @param succeeded whether each attempt succeeded, the latest first
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
