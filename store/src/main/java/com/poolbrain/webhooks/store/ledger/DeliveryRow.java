package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `delivery`, without the attempt that may be in it.
///
/// @param finalStatus how it ended
/// @param endedAt null for the store's time now
/// @param firstAttemptId the id of the attempt that is in the row, if one is
record DeliveryRow(
    DeliveryKey deliveryKey,
    OpenDeliveryRow.DeliveryInfo info,
    FinalStatus finalStatus,
    int attemptCount,
    @Nullable Instant endedAt,
    @Nullable UUID firstAttemptId) {

  /// How a delivery ended.
  record FinalStatus(DeliveryStatus status, @Nullable SkipReason skipReason) {

    static final FinalStatus DELIVERED = new FinalStatus(DeliveryStatus.DELIVERED, null);
    static final FinalStatus PERMANENTLY_FAILED =
        new FinalStatus(DeliveryStatus.PERMANENTLY_FAILED, null);

    static FinalStatus skipped(SkipReason reason) {
      return new FinalStatus(DeliveryStatus.SKIPPED, reason);
    }
  }

  static DeliveryRow read(ResultSet row) throws SQLException {
    String reason = row.getString("skip_reason");
    return new DeliveryRow(
        new DeliveryKey(row.getLong("company_id"), EventMapper.uuid(row, "id")),
        new OpenDeliveryRow.DeliveryInfo(
            EventMapper.uuid(row, "event_id"),
            EventMapper.uuid(row, "endpoint_id"),
            row.getString("event_name"),
            row.getBoolean("test") ? Trigger.TEST : Trigger.AUTOMATIC),
        new FinalStatus(
            DeliveryStatus.fromWireName(row.getString("status")),
            reason == null ? null : SkipReason.fromWireName(reason)),
        row.getInt("attempt_count"),
        EventMapper.instant(row, "ended_at"),
        row.getObject("attempt_id", UUID.class));
  }

  static DeliveryRow of(
      OpenDeliveryRow openDeliveryRow, FinalStatus finalStatus, @Nullable Instant endedAt) {
    return new DeliveryRow(
        openDeliveryRow.deliveryKey(),
        openDeliveryRow.info(),
        finalStatus,
        openDeliveryRow.attemptCount(),
        endedAt,
        null);
  }

  DeliveryRow withAttemptCount(int newCount) {
    return new DeliveryRow(deliveryKey, info, finalStatus, newCount, endedAt, firstAttemptId);
  }

  /// With another end, if it is another one.
  DeliveryRow withStatus(FinalStatus newStatus, @Nullable Instant at) {
    return newStatus.equals(finalStatus)
        ? this
        : new DeliveryRow(deliveryKey, info, newStatus, attemptCount, at, firstAttemptId);
  }
}
