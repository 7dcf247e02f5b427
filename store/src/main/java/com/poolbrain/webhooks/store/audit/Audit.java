package com.poolbrain.webhooks.store.audit;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeRules;
import com.poolbrain.webhooks.store.notice.NoticeWriter;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Appends to the audit: which actor did what, when, and from which address. The database refuses
/// to change entries.
public final class Audit {

  private static final String INSERT =
      """
      insert into audit (id, at, actor, from_address, action, company_id, endpoint_id, delivery_id,
                         before, after)
      values (:id, clock_timestamp(), :actor, :address, :action, :company, :endpoint::uuid,
              :delivery::uuid, :before::jsonb, :after::jsonb)
      """;

  private final Supplier<UUID> idGenerator;

  /// @param idGenerator generates UUIDs of version 7
  public Audit(Supplier<UUID> idGenerator) {
    this.idGenerator = idGenerator;
  }

  /// Appends an entry in the transaction that does the action, and writes its notice.
  public void append(
      Handle handle, Actor actor, AuditAction action, Subject subject, FieldChanges changes) {
    UUID id = idGenerator.get();
    handle
        .createUpdate(INSERT)
        .bind("id", id)
        .bind("actor", actor.name())
        .bind("address", actor.fromAddress())
        .bind("action", action.wireName())
        .bind("company", subject.companyId())
        .bind("endpoint", subject.endpointId())
        .bind("delivery", subject.deliveryId())
        .bind("before", AuditJson.write(changes.before()))
        .bind("after", AuditJson.write(changes.after()))
        .execute();
    Notice notice = NoticeRules.ofAction(action, subject, actor, UuidV7.instantOf(id));
    if (notice != null) {
      NoticeWriter.write(handle, List.of(notice));
    }
  }
}
