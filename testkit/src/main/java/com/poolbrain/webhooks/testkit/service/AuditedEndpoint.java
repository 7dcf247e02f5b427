package com.poolbrain.webhooks.testkit.service;

/// A company with one endpoint.
///
/// @param companyId of the company
/// @param secret of its endpoint
public record AuditedEndpoint(long companyId, String secret) {

  @Override
  public String toString() {
    return "Subscriber[" + companyId + "]";
  }
}
