package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `open_delivery`.
record OpenDeliveryRow(
    DeliveryKey deliveryKey,
    DeliveryInfo info,
    int scheduleStep,
    int attemptCount,
    Instant dueAt,
    @Nullable UUID owner) {

  /// What stays the same for as long as a delivery lives.
  ///
  /// @param trigger what opened it; [Trigger#MANUAL] if it had ended before
  record DeliveryInfo(UUID eventId, UUID endpointId, String eventName, Trigger trigger) {}

  static OpenDeliveryRow read(ResultSet row) throws SQLException {
    return new OpenDeliveryRow(
        new DeliveryKey(row.getLong("company_id"), EventMapper.uuid(row, "id")),
        new DeliveryInfo(
            EventMapper.uuid(row, "event_id"),
            EventMapper.uuid(row, "endpoint_id"),
            row.getString("event_name"),
            Trigger.fromWireName(row.getString("trigger"))),
        row.getInt("schedule_step"),
        row.getInt("attempt_count"),
        EventMapper.instant(row, "due_at"),
        row.getObject("owner", UUID.class));
  }

  boolean isReopened() {
    return info.trigger() == Trigger.MANUAL;
  }

  DeliveryStatus status() {
    return scheduleStep == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }

  Claim toClaim(Event event) {
    return toClaim(event, info.trigger());
  }

  /// The claim to one attempt.
  Claim toClaim(Event event, Trigger trigger) {
    return new Claim(
        deliveryKey.id(),
        event,
        info.endpointId(),
        info.eventName(),
        trigger,
        scheduleStep,
        attemptCount,
        dueAt);
  }

  OpenDeliveryRow withOwner(UUID incarnation) {
    return new OpenDeliveryRow(deliveryKey, info, scheduleStep, attemptCount, dueAt, incarnation);
  }

  OpenDeliveryRow withAttemptCount(int newCount) {
    return new OpenDeliveryRow(deliveryKey, info, scheduleStep, newCount, dueAt, owner);
  }

  OpenDeliveryRow released() {
    return new OpenDeliveryRow(deliveryKey, info, scheduleStep, attemptCount, dueAt, null);
  }

  OpenDeliveryRow rescheduled(Instant nextDueAt, int nextStep) {
    return new OpenDeliveryRow(deliveryKey, info, nextStep, attemptCount, nextDueAt, null);
  }
}
