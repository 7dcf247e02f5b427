package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who did what: written in the transaction that does it, never changed.
public final class Audit {

  private static final String INSERT =
      """
      insert into audit (id, at, actor, action, company_id, endpoint_id, detail)
      values (:id, clock_timestamp(), :actor, :action, :company, :endpoint::uuid,
              jsonb_object(:keys::text[], :values::text[]))
      """;

  private final Supplier<UUID> ids;

  /// @param ids makes UUIDs of version 7
  Audit(Supplier<UUID> ids) {
    this.ids = ids;
  }

  /// What was done.
  ///
  /// @param action a noun and a verb: `endpoint.created`
  /// @param detail what a reader wants to know beside it; never a secret
  public record Entry(
      String action,
      @Nullable Long companyId,
      @Nullable UUID endpointId,
      Map<String, String> detail) {}

  void insert(Handle handle, String actor, Entry entry) {
    List<String> keys = entry.detail().keySet().stream().sorted().toList();
    handle
        .createUpdate(INSERT)
        .bind("id", ids.get())
        .bind("actor", actor)
        .bind("action", entry.action())
        .bind("company", entry.companyId())
        .bind("endpoint", entry.endpointId())
        .bind("keys", ColumnValues.textArray(keys))
        .bind("values", ColumnValues.textArray(keys.stream().map(entry.detail()::get).toList()))
        .execute();
  }
}
