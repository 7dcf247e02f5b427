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
/// @param end how it ended
/// @param endedAt null for the store's time now
/// @param firstAttempt the id of the attempt that is in the row, if one is
record Ended(
    Key key,
    Open.Kind kind,
    End end,
    int attempts,
    @Nullable Instant endedAt,
    @Nullable UUID firstAttempt) {

  /// How a delivery ended.
  record End(DeliveryStatus status, @Nullable SkipReason reason) {

    static final End DELIVERED = new End(DeliveryStatus.DELIVERED, null);
    static final End PERMANENTLY_FAILED = new End(DeliveryStatus.PERMANENTLY_FAILED, null);

    static End skipped(SkipReason reason) {
      return new End(DeliveryStatus.SKIPPED, reason);
    }
  }

  static Ended read(ResultSet row) throws SQLException {
    String reason = row.getString("skip_reason");
    return new Ended(
        new Key(row.getLong("company_id"), Rows.uuid(row, "id")),
        new Open.Kind(
            Rows.uuid(row, "event_id"),
            Rows.uuid(row, "endpoint_id"),
            row.getString("name"),
            row.getBoolean("test") ? Trigger.TEST : Trigger.AUTOMATIC),
        new End(
            DeliveryStatus.of(row.getString("status")),
            reason == null ? null : SkipReason.of(reason)),
        row.getInt("attempt_count"),
        Rows.time(row, "ended_at"),
        row.getObject("attempt_id", UUID.class));
  }

  static Ended of(Open open, End end, @Nullable Instant endedAt) {
    return new Ended(open.key(), open.kind(), end, open.attempts(), endedAt, null);
  }

  Ended withAttempts(int number) {
    return new Ended(key, kind, end, number, endedAt, firstAttempt);
  }

  /// With another end, if it is another one.
  Ended turned(End to, @Nullable Instant at) {
    return to.equals(end) ? this : new Ended(key, kind, to, attempts, at, firstAttempt);
  }
}
