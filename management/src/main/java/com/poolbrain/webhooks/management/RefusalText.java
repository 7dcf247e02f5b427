package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.SkipReason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// The sentences of refused use cases.
public final class RefusalText {

  public static final String UNREADABLE_SECRET =
      "The stored secret of this endpoint can't be read: its master key is not configured, or the"
          + " secret was changed in the database. The log of the service names the key. Add it to"
          + " WEBHOOKS_PREVIOUS_MASTER_KEYS and restart, or set a new secret with PATCH"
          + " {\"secret\": \"…\"} and give it to the consumer.";

  static final String TOO_MANY_ATTEMPTS =
      "Too many manual attempts are running, to this endpoint or on this node; wait until one has"
          + " ended.";

  private RefusalText() {}

  static String erased(Instant erasedAt) {
    return "This delivery can't be sent again: its content was erased on %s."
        .formatted(LocalDate.ofInstant(erasedAt, ZoneOffset.UTC));
  }

  /// Why nothing can be sent to an endpoint, and what to do.
  public static String notSendable(SkipReason reason, long companyId) {
    return switch (reason) {
      case CANCELLED -> "The endpoint was deleted; nothing can be sent to it.";
      case WEBHOOKS_OFF ->
          "Webhooks of company %d are off; switch them on, then repeat this.".formatted(companyId);
      case ENDPOINT_PAUSED -> "The endpoint is paused; resume it, then repeat this.";
      case UNSUBSCRIBED -> "The endpoint is not subscribed to this event; subscribe it first.";
    };
  }
}
