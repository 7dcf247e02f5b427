package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Instant;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Transactions that read and change the configuration.
///
/// A change first increments the configuration version, which locks it for other changes. So the
/// order of versions is the order of commits, on every node.
public final class ConfigTransactions {

  private static final String INCREMENT_VERSION =
      """
      update config set version = version + 1 returning version, clock_timestamp() as at
      """;

  private final Transactions transactions;
  private final Audit audit;

  public ConfigTransactions(Transactions transactions, Audit audit) {
    this.transactions = transactions;
    this.audit = audit;
  }

  /// A change in progress. Every row that it touches gets its version.
  public record Change(Handle handle, long version, Instant at, Actor actor) {}

  /// Changes the configuration in one transaction, under the next version.
  public <T extends @Nullable Object> T change(Actor actor, Function<Change, T> callback) {
    return write(handle ->
        callback.apply(
            handle
                .createQuery(INCREMENT_VERSION)
                .map((row, _) ->
                    new Change(
                        handle, row.getLong("version"), ColumnValues.instant(row, "at"), actor))
                .one()));
  }

  /// Writes in one transaction what does not change the configuration.
  <T extends @Nullable Object> T write(Function<Handle, T> callback) {
    return transactions.inTransaction(connection -> callback.apply(Jdbi.open(connection)));
  }

  /// Reads in one transaction.
  public <T extends @Nullable Object> T read(Function<Handle, T> callback) {
    return transactions.read(connection -> callback.apply(Jdbi.open(connection)));
  }

  /// Appends an entry of the audit in the transaction of a change.
  public void appendAudit(
      Change change, AuditAction action, Subject subject, FieldChanges changes) {
    audit.append(change.handle(), change.actor(), action, subject, changes);
  }

  void appendAudit(
      Handle handle, Actor actor, AuditAction action, Subject subject, FieldChanges changes) {
    audit.append(handle, actor, action, subject, changes);
  }
}
