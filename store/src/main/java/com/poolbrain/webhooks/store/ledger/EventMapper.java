package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/// Values as they are read from a row.
public final class EventMapper {

  private EventMapper() {}

  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// The event of a delivery, from columns named as in the table `event`, its id as `event_id`.
  static Event fromRow(ResultSet row) throws SQLException {
    return new Event(
        uuid(row, "event_id"),
        row.getLong("company_id"),
        row.getString("type"),
        instant(row, "occurred_at"),
        row.getInt("items"),
        row.getBytes("data"));
  }
}
