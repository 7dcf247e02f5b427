package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryEnd;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import org.jspecify.annotations.Nullable;

/// The change that one result made to the outcome of its delivery.
///
/// It does not depend on the status that is on record now: a result that is recorded a second time,
/// because the answer to the first time was lost, may find a delivery that has changed since.
///
/// @param before null if the delivery had not ended
/// @param after null if it has not ended
record OutcomeChange(@Nullable DeliveryStatus before, @Nullable DeliveryStatus after) {

  static OutcomeChange of(DeliveryRecorded event) {
    RecordedResult recorded = event.recorded();
    DeliveryStatus before = endOf(recorded.previousStatus());
    return new OutcomeChange(before, after(before, event.result(), recorded));
  }

  private static @Nullable DeliveryStatus after(
      @Nullable DeliveryStatus before, AttemptResult result, RecordedResult recorded) {
    Attempt attempt = result.attempt();
    if (attempt == null) {
      return recorded.late() ? before : endOf(recorded.status());
    }
    boolean isDelivered = attempt.outcome() instanceof Outcome.Delivered;
    if (recorded.late()) {
      return isDelivered ? DeliveryStatus.DELIVERED : before;
    }
    return switch (attempt.trigger()) {
      case AUTOMATIC, TEST -> {
        DeliveryEnd end = DeliveryEnd.of(result.verdict());
        yield end == null ? null : end.status();
      }
      case MANUAL ->
          isDelivered
              ? DeliveryStatus.DELIVERED
              : before == DeliveryStatus.SKIPPED ? DeliveryStatus.PERMANENTLY_FAILED : before;
    };
  }

  private static @Nullable DeliveryStatus endOf(DeliveryStatus status) {
    return switch (status) {
      case PENDING, DELIVERING, RETRYING -> null;
      case DELIVERED, PERMANENTLY_FAILED, SKIPPED -> status;
    };
  }

  boolean isNewlyFailed() {
    return after == DeliveryStatus.PERMANENTLY_FAILED && before != after;
  }

  boolean isNewlyDelivered() {
    return after == DeliveryStatus.DELIVERED && before != DeliveryStatus.DELIVERED;
  }
}
