package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.ledger.LockedDelivery.RecordedAttempt;
import com.poolbrain.webhooks.store.ledger.ResultRecorder.IndexedResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Records results of any kind: locks the rows of their deliveries, applies the results in the
/// given order, and writes what changed.
final class LockedResultRecorder {

  private static final String FIND_ATTEMPTS =
      """
      select a.company_id, a.delivery_id, a.id, a.number, a.late, a.previous_status
      from unnest(?::uuid[], ?::uuid[]) as k (delivery_id, id)
      cross join lateral (
        select * from attempt
        where attempt.delivery_id = k.delivery_id and attempt.id = k.id) as a
      """;

  /// The erasure of an event locks its deliveries before it sets the time.
  private static final String FIND_ERASED =
      """
      select e.id
      from unnest(?::uuid[]) as k (id)
      cross join lateral (
        select id from event where event.id = k.id and erased_at is not null) as e
      """;

  private final Connection c;
  private final UUID caller;
  private final Map<DeliveryKey, LockedDelivery> deliveries = new TreeMap<>(DeliveryKey.LOCK_ORDER);

  private LockedResultRecorder(Connection c, UUID caller) {
    this.c = c;
    this.caller = caller;
  }

  /// Records results in the transaction of a connection.
  ///
  /// @param caller the incarnation of the node that has the results
  /// @return what was recorded, by the index of the result
  static Map<Integer, RecordedResult> record(Connection c, UUID caller, List<IndexedResult> results)
      throws SQLException {
    return new LockedResultRecorder(c, caller).record(results);
  }

  private Map<Integer, RecordedResult> record(List<IndexedResult> results) throws SQLException {
    lock(results.stream().map(IndexedResult::key).distinct().toList());
    loadRecordedAttempts(results);
    Map<Integer, RecordedResult> recorded = new HashMap<>();
    for (IndexedResult result : results) {
      recorded.put(
          result.index(), delivery(result.key()).applyResult(caller, result.attemptResult()));
    }
    eraseLateAnswers();
    RowChanges changes = new RowChanges();
    deliveries.values().forEach(delivery -> delivery.addChanges(changes));
    changes.write(c);
    return recorded;
  }

  /// A late result may arrive after the content of its event was erased.
  private void eraseLateAnswers() throws SQLException {
    Map<UUID, List<LockedDelivery>> late = new HashMap<>();
    for (LockedDelivery delivery : deliveries.values()) {
      UUID event = delivery.eventOfLateAttempt();
      if (event != null) {
        late.computeIfAbsent(event, _ -> new ArrayList<>()).add(delivery);
      }
    }
    if (late.isEmpty()) {
      return;
    }
    List<UUID> erased =
        Sql.list(
            c,
            FIND_ERASED,
            p -> p.add(PgBinaryArray.uuids(List.copyOf(late.keySet()), id -> id)),
            row -> ColumnValues.uuid(row, "id"));
    erased.forEach(
        event -> Objects.requireNonNull(late.get(event)).forEach(LockedDelivery::eraseNewAnswers));
  }

  private void lock(List<DeliveryKey> keys) throws SQLException {
    DeliveryTables.LockedRows rows = DeliveryTables.lock(c, keys);
    for (DeliveryKey key : keys) {
      deliveries.put(key, new LockedDelivery(key, rows.open().get(key), rows.ended().get(key)));
    }
  }

  private void loadRecordedAttempts(List<IndexedResult> results) throws SQLException {
    List<IndexedResult> uncertain =
        results.stream()
            .filter(r -> delivery(r.key()).mayHaveRecorded(caller, r.attemptResult()))
            .toList();
    if (uncertain.isEmpty()) {
      return;
    }
    Sql.list(
            c,
            FIND_ATTEMPTS,
            p ->
                p.add(PgBinaryArray.uuids(uncertain, r -> r.key().id()))
                    .add(PgBinaryArray.uuids(uncertain, r -> attempt(r).id())),
            row ->
                Map.entry(
                    new DeliveryKey(
                        row.getLong("company_id"), ColumnValues.uuid(row, "delivery_id")),
                    new RecordedAttempt(
                        ColumnValues.uuid(row, "id"),
                        row.getInt("number"),
                        row.getBoolean("late"),
                        previousStatus(row))))
        .forEach(found -> delivery(found.getKey()).addRecorded(found.getValue()));
  }

  private static @Nullable DeliveryStatus previousStatus(ResultSet row) throws SQLException {
    String status = row.getString("previous_status");
    return status == null ? null : DeliveryStatus.fromWireName(status);
  }

  private LockedDelivery delivery(DeliveryKey key) {
    return Objects.requireNonNull(deliveries.get(key));
  }

  private static Attempt attempt(IndexedResult result) {
    return Objects.requireNonNull(result.attemptResult().attempt());
  }
}
