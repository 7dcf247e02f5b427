package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `due`.
record Open(Key key, Kind kind, int step, int attempts, Instant dueAt, @Nullable UUID owner) {

  /// What stays the same for as long as a delivery lives.
  ///
  /// @param trigger what opened it; [Trigger#MANUAL] if it had ended before
  record Kind(UUID eventId, UUID endpointId, String name, Trigger trigger) {}

  static Open read(ResultSet row) throws SQLException {
    return new Open(
        new Key(row.getLong("company_id"), Rows.uuid(row, "id")),
        new Kind(
            Rows.uuid(row, "event_id"),
            Rows.uuid(row, "endpoint_id"),
            row.getString("name"),
            Trigger.of(row.getString("trigger"))),
        row.getInt("step"),
        row.getInt("attempts"),
        Rows.time(row, "due_at"),
        row.getObject("owner", UUID.class));
  }

  boolean reopened() {
    return kind.trigger() == Trigger.MANUAL;
  }

  DeliveryStatus status() {
    return step == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }

  Claim claim(Event event) {
    return claim(event, kind.trigger());
  }

  /// The claim to one attempt.
  Claim claim(Event event, Trigger attempt) {
    return new Claim(
        key.id(), event, kind.endpointId(), kind.name(), attempt, step, attempts, dueAt);
  }

  Open ownedBy(UUID incarnation) {
    return new Open(key, kind, step, attempts, dueAt, incarnation);
  }

  Open withAttempts(int number) {
    return new Open(key, kind, step, number, dueAt, owner);
  }

  Open freed() {
    return new Open(key, kind, step, attempts, dueAt, null);
  }

  Open freedUntil(Instant due, int nextStep) {
    return new Open(key, kind, nextStep, attempts, due, null);
  }
}
