package com.poolbrain.webhooks.domain.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry of the audit.
///
/// @param before the changed fields before; empty if the action created something
/// @param after the changed fields after; empty if the action removed something
public record AuditEntry(
    UUID id,
    Instant at,
    Actor actor,
    AuditAction action,
    Subject subject,
    Map<String, @Nullable Object> before,
    Map<String, @Nullable Object> after) {

  /// What an action concerns.
  public record Subject(
      @Nullable Long companyId, @Nullable UUID endpointId, @Nullable UUID deliveryId) {

    /// The service as a whole.
    public static final Subject SERVICE = new Subject(null, null, null);

    public static Subject company(@Nullable Long companyId) {
      return new Subject(companyId, null, null);
    }

    public static Subject endpoint(long companyId, UUID endpointId) {
      return new Subject(companyId, endpointId, null);
    }

    public static Subject delivery(long companyId, UUID endpointId, UUID deliveryId) {
      return new Subject(companyId, endpointId, deliveryId);
    }
  }
}
