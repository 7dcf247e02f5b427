package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Changes of the configuration: each is one transaction that first takes the next version, so that
/// the order of versions is the order of commits, and every node sees the same one.
public final class ConfigTransactions {

  private static final String NEXT_VERSION =
      """
      update config set version = version + 1 returning version, clock_timestamp() as at
      """;

  private final Transactions transactions;
  private final Audit audit;

  /// @param ids makes UUIDs of version 7
  public ConfigTransactions(Transactions transactions, Supplier<UUID> ids) {
    this.transactions = transactions;
    this.audit = new Audit(ids);
  }

  /// A change that is being made: what it touches is stamped with its version.
  record Change(Handle handle, long version, Instant at, String actor) {}

  /// Something to do within a transaction.
  @FunctionalInterface
  public interface Callback<A, T extends @Nullable Object> {
    T execute(A transaction);
  }

  /// Makes a change under the next version.
  <T extends @Nullable Object> T changeConfig(String actor, Callback<Change, T> callback) {
    return write(handle -> callback.execute(beginChange(handle, actor)));
  }

  /// Writes what does not change where events go, and so needs no version.
  public <T extends @Nullable Object> T write(Callback<Handle, T> callback) {
    return transactions.inTransaction(connection -> callback.execute(Jdbi.open(connection)));
  }

  /// Reads.
  public <T extends @Nullable Object> T read(Callback<Handle, T> callback) {
    return transactions.read(connection -> callback.execute(Jdbi.open(connection)));
  }

  void audit(Change change, Audit.Entry entry) {
    audit.insert(change.handle(), change.actor(), entry);
  }

  public void audit(Handle handle, String actor, Audit.Entry entry) {
    audit.insert(handle, actor, entry);
  }

  private static Change beginChange(Handle handle, String actor) {
    return handle
        .createQuery(NEXT_VERSION)
        .map((row, _) ->
            new Change(handle, row.getLong("version"), ColumnValues.instant(row, "at"), actor))
        .one();
  }
}
