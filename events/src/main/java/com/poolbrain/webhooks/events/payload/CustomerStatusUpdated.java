package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `customer.status.updated`: a customer's status changed.
///
/// @param customerId id of the customer in Pool Brain
/// @param displayName displayed name of the customer
/// @param currentStatus new status of the customer
public record CustomerStatusUpdated(
    long customerId, String displayName, CustomerStatus currentStatus) implements Payload {

  static CustomerStatusUpdated of(DataItem item) {
    return new CustomerStatusUpdated(
        item.getLong("customerId"),
        item.getString("displayName"),
        CustomerStatus.fromWireName(item.getString("currentStatus")));
  }
}
