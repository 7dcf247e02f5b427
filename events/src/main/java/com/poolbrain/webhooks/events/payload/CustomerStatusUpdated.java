package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `customer.status.updated`: a customer's status changed.
///
/// @param customerId the customer's id in Pool Brain
/// @param displayName the customer's name as it is shown
/// @param currentStatus the status that the customer has now
public record CustomerStatusUpdated(
    long customerId, String displayName, CustomerStatus currentStatus) implements Payload {

  static CustomerStatusUpdated of(DataItem item) {
    return new CustomerStatusUpdated(
        item.getLong("customerId"),
        item.getString("displayName"),
        CustomerStatus.fromWireName(item.getString("currentStatus")));
  }
}
