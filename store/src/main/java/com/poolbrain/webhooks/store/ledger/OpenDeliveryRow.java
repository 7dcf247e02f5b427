package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.DeliveryState;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// A row of `open_delivery`.
///
/// @param state its trigger is [Trigger#MANUAL] if the delivery had ended before
record OpenDeliveryRow(DeliveryKey key, DeliveryInfo info, DeliveryState.Open state) {

  static OpenDeliveryRow read(ResultSet row) throws SQLException {
    return new OpenDeliveryRow(
        new DeliveryKey(row.getLong("company_id"), ColumnValues.uuid(row, "id")),
        DeliveryInfo.read(row),
        new DeliveryState.Open(
            Trigger.fromWireName(row.getString("trigger")),
            row.getInt("schedule_step"),
            row.getInt("attempt_count"),
            ColumnValues.instant(row, "due_at"),
            ColumnValues.uuidOrNull(row, "owner")));
  }

  boolean isReopened() {
    return state.trigger() == Trigger.MANUAL;
  }

  /// The claim to an attempt with the stored trigger.
  Claim toClaim(Event event) {
    return new Claim(
        key.id(),
        event,
        info.endpointId(),
        info.eventName(),
        state.trigger(),
        state.scheduleStep(),
        state.attempts(),
        state.dueAt(),
        info.jobId() != null);
  }

  OpenDeliveryRow claimedBy(UUID incarnation) {
    return new OpenDeliveryRow(key, info, (DeliveryState.Open) state.claimedBy(incarnation));
  }

  /// The row of `delivery` after a skip, at the time of the database.
  DeliveryRow skipped(SkipReason reason) {
    return new DeliveryRow(key, info, (DeliveryState.Ended) state.skipped(reason, null), null);
  }
}
