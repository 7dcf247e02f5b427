package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// The columns of `open_delivery` and `delivery` that never change.
record DeliveryInfo(UUID eventId, UUID endpointId, String eventName) {

  static DeliveryInfo read(ResultSet row) throws SQLException {
    return new DeliveryInfo(
        ColumnValues.uuid(row, "event_id"),
        ColumnValues.uuid(row, "endpoint_id"),
        row.getString("event_name"));
  }
}
