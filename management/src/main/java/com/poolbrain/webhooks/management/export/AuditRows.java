package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.domain.audit.AuditEntry;
import java.util.List;

/// Entries of the audit as rows: the fields of the API's list, in its order. In CSV, `before` and
/// `after` are cells with JSON.
final class AuditRows {

  static final List<String> COLUMNS =
      List.of(
          "id",
          "at",
          "actor",
          "from_address",
          "action",
          "company_id",
          "endpoint_id",
          "delivery_id",
          "before",
          "after");

  private AuditRows() {}

  static Row of(AuditEntry entry) {
    return new Row()
        .with("id", entry.id())
        .with("at", entry.at())
        .with("actor", entry.actor().name())
        .with("from_address", entry.actor().fromAddress())
        .with("action", entry.action())
        .with("company_id", entry.subject().companyId())
        .with("endpoint_id", entry.subject().endpointId())
        .with("delivery_id", entry.subject().deliveryId())
        .with("before", entry.before().isEmpty() ? null : entry.before())
        .with("after", entry.after().isEmpty() ? null : entry.after());
  }
}
