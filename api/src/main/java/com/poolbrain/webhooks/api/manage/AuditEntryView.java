package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.poolbrain.webhooks.domain.audit.AuditEntry;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry of the audit as the API shows it.
record AuditEntryView(
    UUID id,
    Instant at,
    String actor,
    @Nullable String fromAddress,
    String action,
    @Nullable Long companyId,
    @Nullable UUID endpointId,
    @Nullable UUID deliveryId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, @Nullable Object> before,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, @Nullable Object> after) {

  static AuditEntryView of(AuditEntry entry) {
    return new AuditEntryView(
        entry.id(),
        entry.at(),
        entry.actor().name(),
        entry.actor().fromAddress(),
        entry.action().wireName(),
        entry.subject().companyId(),
        entry.subject().endpointId(),
        entry.subject().deliveryId(),
        entry.before(),
        entry.after());
  }
}
