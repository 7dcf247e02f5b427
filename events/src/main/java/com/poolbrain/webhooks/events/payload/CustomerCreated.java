package com.poolbrain.webhooks.events.payload;

import com.poolbrain.webhooks.events.DataItem;

/// `customer.created`: a new customer, created manually, by an import, or by a sync.
///
/// @param customerId id of the customer in Pool Brain
/// @param displayName displayed name of the customer
public record CustomerCreated(long customerId, String displayName) implements Payload {

  static CustomerCreated of(DataItem item) {
    return new CustomerCreated(item.getLong("customerId"), item.getString("displayName"));
  }
}
