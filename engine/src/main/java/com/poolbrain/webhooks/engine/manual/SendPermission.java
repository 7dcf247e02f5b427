package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import org.jspecify.annotations.Nullable;

/// Whether a manual attempt may be sent to an endpoint.
final class SendPermission {

  private SendPermission() {}

  /// Why nothing may be sent; null if it may. A paused endpoint may be tested and redelivered to.
  ///
  /// @param endpoint null if it is unknown
  static @Nullable ManualAttemptResult refusal(@Nullable EndpointConfig endpoint) {
    if (endpoint == null) {
      return new ManualAttemptResult.Forbidden(SkipReason.CANCELLED);
    }
    SkipReason reason = endpoint.blockReason();
    if (reason != null && reason != SkipReason.ENDPOINT_PAUSED) {
      return new ManualAttemptResult.Forbidden(reason);
    }
    return endpoint.canSign() ? null : new ManualAttemptResult.SecretUnreadable();
  }
}
