package com.poolbrain.webhooks.store.audit;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The entries of the audit, for use cases.
public final class AuditLog {

  private static final String LIST =
      """
      select id, at, actor, from_address, action, company_id, endpoint_id, delivery_id,
             before::text as before, after::text as after
      from audit
      where id < :before and id >= :from
        and (:company::bigint is null or company_id = :company)
        and (:actor::text is null or actor = :actor)
        and (:action::text is null or action = :action)
      order by id desc
      limit :limit
      """;

  private static final UUID MAX_ID = new UUID(-1, -1);
  private static final UUID MIN_ID = new UUID(0, 0);

  private final Transactions transactions;
  private final Audit audit;

  public AuditLog(Transactions transactions, Audit audit) {
    this.transactions = transactions;
    this.audit = audit;
  }

  /// Appends an entry for an action that no transaction of the configuration does.
  public void append(Actor actor, AuditAction action, Subject subject, FieldChanges changes) {
    transactions.inTransaction(connection -> {
      audit.append(Jdbi.open(connection), actor, action, subject, changes);
      return true;
    });
  }

  /// One page of the entries that match, newest first.
  ///
  /// @param before the last id of the previous page; null for the first page
  public Page<AuditEntry> list(AuditFilter filter, @Nullable UUID before, int limit) {
    UUID end = filter.to() == null ? MAX_ID : UuidV7.lowerBound(filter.to());
    AuditAction action = filter.action();
    return transactions.read(connection ->
        Page.of(
            Jdbi.open(connection)
                .createQuery(LIST)
                .bind("before", before == null ? end : UuidV7.min(before, end))
                .bind("from", filter.from() == null ? MIN_ID : UuidV7.lowerBound(filter.from()))
                .bind("company", filter.companyId())
                .bind("actor", filter.actor())
                .bind("action", action == null ? null : action.wireName())
                .bind("limit", limit + 1)
                .map((row, _) -> fromRow(row))
                .list(),
            limit));
  }

  private static AuditEntry fromRow(ResultSet row) throws SQLException {
    Instant at = ColumnValues.instant(row, "at");
    return new AuditEntry(
        ColumnValues.uuid(row, "id"),
        at,
        new Actor(row.getString("actor"), row.getString("from_address")),
        AuditAction.fromWireName(row.getString("action")),
        new Subject(
            ColumnValues.longOrNull(row, "company_id"),
            ColumnValues.uuidOrNull(row, "endpoint_id"),
            ColumnValues.uuidOrNull(row, "delivery_id")),
        AuditJson.read(row.getString("before")),
        AuditJson.read(row.getString("after")));
  }
}
