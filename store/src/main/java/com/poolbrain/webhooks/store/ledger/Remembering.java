package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Keeps for 24 hours what was answered to publishes that brought a key.
///
/// A key may be in the partition of today or of yesterday, which no unique index spans: whoever
/// stores keys takes an advisory lock for each of them before looking.
final class Remembering {

  private static final String LOCK =
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

  private static final String REMEMBER =
      """
      insert into idempotency (day, scope, key, fingerprint, receipts)
      select (now() at time zone 'UTC')::date, k.scope, k.key, k.fingerprint, k.receipts
      from unnest(?::text[], ?::text[], ?::bytea[], ?::bytea[])
      as k (scope, key, fingerprint, receipts)
      """;

  private static final int LOCKS = 256;

  /// Set apart from the advisory locks of others.
  private static final long LOCKS_FROM = 0x706f_6f6c_6b65_7900L;

  private final Transactions transactions;

  Remembering(Transactions transactions) {
    this.transactions = transactions;
  }

  Map<IdempotencyKey, Remembered> remembered(Collection<IdempotencyKey> keys) {
    return keys.isEmpty() ? Map.of() : transactions.read(c -> find(c, List.copyOf(keys)));
  }

  /// Whether one of the keys of these plans is known. If not, nobody else stores one of them before
  /// this transaction has ended.
  boolean anyKnown(Connection c, List<Plan> plans) throws SQLException {
    List<IdempotencyKey> keys =
        plans.stream().flatMap(plan -> plan.remember().keySet().stream()).toList();
    List<Long> locks = keys.stream().map(Remembering::lock).distinct().sorted().toList();
    Sql.list(c, LOCK, p -> p.add(Column.longs(locks, lock -> lock)), _ -> true);
    return !find(c, keys).isEmpty();
  }

  void remember(Connection c, List<Plan> plans) throws SQLException {
    List<Map.Entry<IdempotencyKey, Remembered>> rows =
        plans.stream()
            .flatMap(plan -> plan.remember().entrySet().stream())
            .sorted(
                Comparator.comparing(
                    Map.Entry::getKey,
                    Comparator.comparing(IdempotencyKey::scope).thenComparing(IdempotencyKey::key)))
            .toList();
    Sql.update(
        c,
        REMEMBER,
        p ->
            p.add(Column.texts(rows, row -> row.getKey().scope()))
                .add(Column.texts(rows, row -> row.getKey().key()))
                .add(Column.bytes(rows, row -> row.getValue().fingerprint()))
                .add(Column.bytes(rows, row -> Receipts.encode(row.getValue().receipts()))));
  }

  private static Map<IdempotencyKey, Remembered> find(Connection c, List<IdempotencyKey> keys)
      throws SQLException {
    return Sql.list(
            c,
            FIND,
            p ->
                p.add(Column.texts(keys, IdempotencyKey::scope))
                    .add(Column.texts(keys, IdempotencyKey::key)),
            row ->
                Map.entry(
                    new IdempotencyKey(row.getString("scope"), row.getString("key")),
                    new Remembered(
                        row.getBytes("fingerprint"), Receipts.decode(row.getBytes("receipts")))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a));
  }

  /// One of a few locks for each key: they have room in the server's lock table however many keys a
  /// batch brings, and keys that share one only wait for each other.
  private static long lock(IdempotencyKey key) {
    return LOCKS_FROM + Math.floorMod(key.hashCode(), LOCKS);
  }
}
