package com.poolbrain.webhooks.testkit.service;

/// A new customer that is published once, however often that has to be tried.
///
/// @param number of the customer
/// @param companyId whose customer it is
public record AuditedEvent(int number, long companyId) {

  /// The name of the customer.
  String displayName() {
    return "Müller " + number;
  }

  /// The key under which it is published again and again.
  public String idempotencyKey() {
    return "item-" + companyId + "-" + number;
  }

  /// The body of the request that publishes it.
  public String requestBody() {
    return "{\"company_id\":%d,\"event\":\"customer.created\",\"data\":{\"customerId\":%d,\"displayName\":\"%s\"}}"
        .formatted(companyId, number, displayName());
  }
}
