package com.poolbrain.webhooks.testkit.service;

/// Event that is published with retries until it is accepted.
///
/// @param number the customer in its data
/// @param companyId the company of the customer
public record AuditedEvent(int number, long companyId) {

  /// Name of the customer.
  String displayName() {
    return "Müller " + number;
  }

  /// Idempotency key of every publish of this event.
  public String idempotencyKey() {
    return "item-" + companyId + "-" + number;
  }

  /// Body of the publish request.
  public String requestBody() {
    return "{\"company_id\":%d,\"event\":\"customer.created\",\"data\":{\"customerId\":%d,\"displayName\":\"%s\"}}"
        .formatted(companyId, number, displayName());
  }
}
