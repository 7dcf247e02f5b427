package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Stores the responses of publish requests with an idempotency key for 24 hours.
///
/// A key may be in the partition of today or of yesterday, and no unique index spans both. So a
/// transaction takes advisory locks for its keys before it looks for them.
final class IdempotencyStore {

  private static final String LOCK_KEYS =
      """
      select pg_advisory_xact_lock(key) from unnest(?::bigint[]) as k (key)
      """;

  private static final String FIND =
      """
      select i.scope, i.key, i.fingerprint, i.receipts
      from unnest(?::text[], ?::text[]) as k (scope, key)
      cross join (values ((now() at time zone 'UTC')::date),
                         ((now() at time zone 'UTC')::date - 1)) as d (day)
      join idempotency i on i.day = d.day and i.scope = k.scope and i.key = k.key
      where i.created_at > now() - interval '24 hours'
      """;

  private static final String INSERT =
      """
      insert into idempotency (day, scope, key, fingerprint, receipts)
      select (now() at time zone 'UTC')::date, k.scope, k.key, k.fingerprint, k.receipts
      from unnest(?::text[], ?::text[], ?::bytea[], ?::bytea[])
      as k (scope, key, fingerprint, receipts)
      """;

  private static final int LOCK_COUNT = 256;

  /// Keeps these advisory locks apart from others.
  private static final long LOCK_ID_BASE = 0x706f_6f6c_6b65_7900L;

  private final Transactions transactions;

  IdempotencyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  Map<IdempotencyKey, StoredResponse> findStoredResponses(Collection<IdempotencyKey> keys) {
    return keys.isEmpty() ? Map.of() : transactions.read(c -> find(c, List.copyOf(keys)));
  }

  /// Whether a key of these plans is stored already. If not, no other transaction can store one of
  /// them before this transaction ends.
  boolean isAnyKeyStored(Connection c, List<Plan> plans) throws SQLException {
    List<IdempotencyKey> keys =
        plans.stream().flatMap(plan -> plan.storedResponses().keySet().stream()).toList();
    List<Long> lockIds = keys.stream().map(IdempotencyStore::lockId).distinct().sorted().toList();
    Sql.list(c, LOCK_KEYS, p -> p.add(PgBinaryArray.longs(lockIds, lockId -> lockId)), _ -> true);
    return !find(c, keys).isEmpty();
  }

  void insert(Connection c, List<Plan> plans) throws SQLException {
    List<Map.Entry<IdempotencyKey, StoredResponse>> rows =
        plans.stream()
            .flatMap(plan -> plan.storedResponses().entrySet().stream())
            .sorted(
                Comparator.comparing(
                    Map.Entry::getKey,
                    Comparator.comparing(IdempotencyKey::scope).thenComparing(IdempotencyKey::key)))
            .toList();
    Sql.update(
        c,
        INSERT,
        p ->
            p.add(PgBinaryArray.texts(rows, row -> row.getKey().scope()))
                .add(PgBinaryArray.texts(rows, row -> row.getKey().key()))
                .add(PgBinaryArray.byteArrays(rows, row -> row.getValue().fingerprint()))
                .add(
                    PgBinaryArray.byteArrays(
                        rows, row -> ReceiptCodec.encode(row.getValue().receipts()))));
  }

  private static Map<IdempotencyKey, StoredResponse> find(Connection c, List<IdempotencyKey> keys)
      throws SQLException {
    return Sql.list(
            c,
            FIND,
            p ->
                p.add(PgBinaryArray.texts(keys, IdempotencyKey::scope))
                    .add(PgBinaryArray.texts(keys, IdempotencyKey::key)),
            row ->
                Map.entry(
                    new IdempotencyKey(row.getString("scope"), row.getString("key")),
                    new StoredResponse(
                        row.getBytes("fingerprint"),
                        ReceiptCodec.decode(row.getBytes("receipts")))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a));
  }

  /// The advisory lock of a key, one of 256. So a batch with many keys does not fill the lock table
  /// of the server. Keys that share a lock only wait for each other.
  private static long lockId(IdempotencyKey key) {
    return LOCK_ID_BASE + Math.floorMod(key.hashCode(), LOCK_COUNT);
  }
}
