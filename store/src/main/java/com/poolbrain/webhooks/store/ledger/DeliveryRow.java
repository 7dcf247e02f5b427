package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.DeliveryEnd;
import com.poolbrain.webhooks.domain.DeliveryState;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `delivery`, without its inline attempt.
///
/// @param inlineAttemptId the id of the inline attempt, if the row has one
record DeliveryRow(
    DeliveryKey key, DeliveryInfo info, DeliveryState.Ended state, @Nullable UUID inlineAttemptId) {

  static DeliveryRow read(ResultSet row) throws SQLException {
    Trigger trigger = row.getBoolean("test") ? Trigger.TEST : Trigger.AUTOMATIC;
    String reason = row.getString("skip_reason");
    DeliveryEnd end =
        new DeliveryEnd(
            DeliveryStatus.fromWireName(row.getString("status")),
            reason == null ? null : SkipReason.fromWireName(reason));
    return new DeliveryRow(
        new DeliveryKey(row.getLong("company_id"), ColumnValues.uuid(row, "id")),
        DeliveryInfo.read(row),
        new DeliveryState.Ended(
            trigger,
            end,
            row.getInt("schedule_step"),
            row.getInt("attempt_count"),
            ColumnValues.instant(row, "ended_at")),
        ColumnValues.uuidOrNull(row, "attempt_id"));
  }

  boolean isTest() {
    return state.trigger() == Trigger.TEST;
  }

  String status() {
    return state.status().wireName();
  }

  @Nullable String skipReason() {
    SkipReason reason = state.end().skipReason();
    return reason == null ? null : reason.wireName();
  }
}
