package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Maps rows to events.
public final class EventMapper {

  private EventMapper() {}

  /// The event in columns that are named as in the table `event`, except its id: `event_id`.
  public static Event fromRow(ResultSet row) throws SQLException {
    return new Event(
        ColumnValues.uuid(row, "event_id"),
        row.getLong("company_id"),
        row.getString("type"),
        ColumnValues.instant(row, "occurred_at"),
        row.getInt("items"),
        row.getBytes("data"));
  }
}
