package com.poolbrain.webhooks.testkit.service;

/// Company with one endpoint.
///
/// @param companyId the company
/// @param secret signing secret of the endpoint
public record AuditedEndpoint(long companyId, String secret) {

  @Override
  public String toString() {
    return "AuditedEndpoint[" + companyId + "]";
  }
}
