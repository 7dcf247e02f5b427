package com.poolbrain.webhooks.domain;

import org.jspecify.annotations.Nullable;

/// How a delivery ended.
///
/// @param status [DeliveryStatus#DELIVERED], [DeliveryStatus#PERMANENTLY_FAILED] or
///   [DeliveryStatus#SKIPPED]
/// @param skipReason set if and only if the delivery was skipped
public record DeliveryEnd(DeliveryStatus status, @Nullable SkipReason skipReason) {

  public static final DeliveryEnd DELIVERED = new DeliveryEnd(DeliveryStatus.DELIVERED, null);
  public static final DeliveryEnd PERMANENTLY_FAILED =
      new DeliveryEnd(DeliveryStatus.PERMANENTLY_FAILED, null);

  public static DeliveryEnd skipped(SkipReason reason) {
    return new DeliveryEnd(DeliveryStatus.SKIPPED, reason);
  }

  /// The end that a verdict means; null if the delivery goes on.
  public static @Nullable DeliveryEnd of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> DELIVERED;
      case Verdict.GiveUp _ -> PERMANENTLY_FAILED;
      case Verdict.Skip(var reason) -> skipped(reason);
      case Verdict.RetryAt _, Verdict.Unchanged _ -> null;
    };
  }
}
