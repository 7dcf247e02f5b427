package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The columns of `open_delivery` and `delivery` that results never change.
///
/// @param jobId the last background job that moved the delivery back or made it later; null if none
///   did
record DeliveryInfo(UUID eventId, UUID endpointId, @Nullable UUID jobId, String eventName) {

  static DeliveryInfo read(ResultSet row) throws SQLException {
    return new DeliveryInfo(
        ColumnValues.uuid(row, "event_id"),
        ColumnValues.uuid(row, "endpoint_id"),
        ColumnValues.uuidOrNull(row, "job_id"),
        row.getString("event_name"));
  }
}
