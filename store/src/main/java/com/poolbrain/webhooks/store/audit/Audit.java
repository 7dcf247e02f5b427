package com.poolbrain.webhooks.store.audit;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The audit trail: which actor did what. Entries are never changed.
public final class Audit {

  private static final String INSERT =
      """
      insert into audit (id, at, actor, action, company_id, endpoint_id, detail)
      values (:id, clock_timestamp(), :actor, :action, :company, :endpoint::uuid,
              jsonb_object(:keys::text[], :values::text[]))
      """;

  private final Supplier<UUID> idGenerator;

  /// @param idGenerator generates UUIDs of version 7
  public Audit(Supplier<UUID> idGenerator) {
    this.idGenerator = idGenerator;
  }

  /// One action.
  ///
  /// @param action a noun and a verb: `endpoint.created`
  /// @param detail further facts by name; never a secret
  public record Entry(
      String action,
      @Nullable Long companyId,
      @Nullable UUID endpointId,
      Map<String, String> detail) {}

  /// Appends an entry in the transaction that does the action.
  public void append(Handle handle, String actor, Entry entry) {
    List<String> keys = entry.detail().keySet().stream().sorted().toList();
    handle
        .createUpdate(INSERT)
        .bind("id", idGenerator.get())
        .bind("actor", actor)
        .bind("action", entry.action())
        .bind("company", entry.companyId())
        .bind("endpoint", entry.endpointId())
        .bind("keys", ColumnValues.textArray(keys))
        .bind("values", ColumnValues.textArray(keys.stream().map(entry.detail()::get).toList()))
        .execute();
  }
}
