package com.poolbrain.webhooks.events.payload;

/// `customer.status.updated`: a customer's status changed.
///
/// @param customerId the customer's id in Pool Brain
/// @param displayName the customer's name as it is shown
/// @param currentStatus the status that the customer has now
public record CustomerStatusUpdated(
    long customerId, String displayName, CustomerStatus currentStatus) implements Payload {

  static CustomerStatusUpdated of(ItemFields item) {
    return new CustomerStatusUpdated(
        item.integer("customerId"),
        item.text("displayName"),
        CustomerStatus.fromWireName(item.text("currentStatus")));
  }
}
