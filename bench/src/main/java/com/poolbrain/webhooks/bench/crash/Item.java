package com.poolbrain.webhooks.bench.crash;

/// A new customer that is published once, however often that has to be tried.
///
/// @param number of the customer
/// @param company whose customer it is
public record Item(int number, long company) {

  /// The name of the customer.
  String name() {
    return "Müller " + number;
  }

  /// The key under which it is published again and again.
  public String idempotencyKey() {
    return "item-" + company + "-" + number;
  }

  /// The body of the request that publishes it.
  public String json() {
    return "{\"company_id\":%d,\"event\":\"customer.created\",\"data\":{\"customerId\":%d,\"displayName\":\"%s\"}}"
        .formatted(company, number, name());
  }
}
