package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.internal.Rows;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Changes of the configuration: each is one transaction that first takes the next version, so that
/// the order of versions is the order of commits, and every node sees the same one.
public final class Changes {

  private static final String NEXT_VERSION =
      """
      update config set version = version + 1 returning version, clock_timestamp() as at
      """;

  private final Transactions transactions;
  private final Audit audit;

  /// @param ids makes UUIDs of version 7
  public Changes(Transactions transactions, Supplier<UUID> ids) {
    this.transactions = transactions;
    this.audit = new Audit(ids);
  }

  /// A change that is being made: what it touches is stamped with its version.
  record Change(Handle handle, long version, Instant at, String actor) {}

  /// Something to do within a transaction.
  @FunctionalInterface
  interface Work<A, T extends @Nullable Object> {
    T in(A transaction);
  }

  /// Makes a change under the next version.
  <T extends @Nullable Object> T make(String actor, Work<Change, T> work) {
    return write(handle -> work.in(begin(handle, actor)));
  }

  /// Writes what does not change where events go, and so needs no version.
  <T extends @Nullable Object> T write(Work<Handle, T> work) {
    return transactions.inTransaction(connection -> work.in(Jdbi.open(connection)));
  }

  /// Reads.
  <T extends @Nullable Object> T read(Work<Handle, T> work) {
    return transactions.read(connection -> work.in(Jdbi.open(connection)));
  }

  void audit(Change change, Audit.Entry entry) {
    audit.write(change.handle(), change.actor(), entry);
  }

  void audit(Handle handle, String actor, Audit.Entry entry) {
    audit.write(handle, actor, entry);
  }

  private static Change begin(Handle handle, String actor) {
    return handle
        .createQuery(NEXT_VERSION)
        .map((row, _) -> new Change(handle, row.getLong("version"), Rows.instant(row, "at"), actor))
        .one();
  }
}
