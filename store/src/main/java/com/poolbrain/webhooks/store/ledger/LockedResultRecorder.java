package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.ledger.ResultRecorder.IndexedResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/// Settles deliveries of any kind: locks what is on record, applies the settlements in the order
/// they were given, and writes what changed.
final class LockedResultRecorder {

  private static final String FIND_ATTEMPTS =
      """
      select a.company_id, a.delivery_id, a.id, a.number, a.late
      from unnest(?::uuid[], ?::uuid[]) as k (delivery_id, id)
      cross join lateral (
        select * from attempt
        where attempt.delivery_id = k.delivery_id and attempt.id = k.id) as a
      """;

  private final Map<DeliveryKey, LockedDelivery> lockedDeliveries =
      new TreeMap<>(DeliveryKey.LOCK_ORDER);
  private final Map<DeliveryKey, OpenDeliveryRow> openRows;
  private final Map<DeliveryKey, DeliveryRow> endedRows;

  private LockedResultRecorder(Connection c, List<IndexedResult> results) throws SQLException {
    List<DeliveryKey> keys = results.stream().map(IndexedResult::deliveryKey).distinct().toList();
    openRows = DeliveryTables.lockOpen(c, keys);
    endedRows = DeliveryTables.lockEnded(c, keys.stream().filter(this::mayHaveEnded).toList());
    for (DeliveryKey deliveryKey : keys) {
      lockedDeliveries.put(
          deliveryKey,
          new LockedDelivery(deliveryKey, openRows.get(deliveryKey), endedRows.get(deliveryKey)));
    }
  }

  /// Settles entries.
  ///
  /// @return the answers, by the indices of the entries
  static Map<Integer, RecordedResult> record(
      Connection c, UUID incarnation, List<IndexedResult> results) throws SQLException {
    LockedResultRecorder recorder = new LockedResultRecorder(c, results);
    recorder.loadRecordedAttempts(c, incarnation, results);
    Map<Integer, RecordedResult> recorded = new HashMap<>();
    for (IndexedResult indexedResult : results) {
      LockedDelivery lockedDelivery =
          Objects.requireNonNull(recorder.lockedDeliveries.get(indexedResult.deliveryKey()));
      recorded.put(
          indexedResult.index(),
          lockedDelivery.applyResult(incarnation, indexedResult.attemptResult()));
    }
    recorder.write(c);
    return recorded;
  }

  private boolean mayHaveEnded(DeliveryKey deliveryKey) {
    OpenDeliveryRow row = openRows.get(deliveryKey);
    return row == null || row.isReopened();
  }

  /// As long as nothing was recorded since a delivery was claimed, its attempt can't be on record.
  private void loadRecordedAttempts(Connection c, UUID incarnation, List<IndexedResult> results)
      throws SQLException {
    List<IndexedResult> uncertain =
        results.stream().filter(e -> !isUnchangedSinceClaim(e, incarnation)).toList();
    List<IndexedResult> attempts =
        uncertain.stream().filter(e -> e.attemptResult().attempt() != null).toList();
    if (attempts.isEmpty()) {
      return;
    }
    Sql.list(
            c,
            FIND_ATTEMPTS,
            p ->
                p.add(PgBinaryArray.uuids(attempts, e -> e.deliveryKey().id()))
                    .add(PgBinaryArray.uuids(attempts, e -> attempt(e).id())),
            StoredAttempt::read)
        .forEach(f ->
            Objects.requireNonNull(lockedDeliveries.get(f.deliveryKey()))
                .addRecorded(f.id(), f.attempt()));
  }

  private boolean isUnchangedSinceClaim(IndexedResult indexedResult, UUID incarnation) {
    OpenDeliveryRow row = openRows.get(indexedResult.deliveryKey());
    return row != null
        && !row.isReopened()
        && incarnation.equals(row.owner())
        && row.attemptCount() == indexedResult.attemptResult().claim().attempts();
  }

  private void write(Connection c) throws SQLException {
    List<AttemptRow> attempts = new ArrayList<>();
    List<DeliveryKey> closedKeys = new ArrayList<>();
    List<OpenDeliveryRow> changedOpen = new ArrayList<>();
    List<DeliveryRow> newlyEnded = new ArrayList<>();
    List<DeliveryRow> changedEnded = new ArrayList<>();
    lockedDeliveries.forEach((deliveryKey, lockedDelivery) -> {
      attempts.addAll(lockedDelivery.newAttempts());
      OpenDeliveryRow currentOpen = lockedDelivery.openDeliveryRow();
      DeliveryRow currentEnded = lockedDelivery.deliveryRow();
      if (currentOpen == null && openRows.containsKey(deliveryKey)) {
        closedKeys.add(deliveryKey);
      } else if (currentOpen != null && !currentOpen.equals(openRows.get(deliveryKey))) {
        changedOpen.add(currentOpen);
      }
      if (currentEnded != null && !currentEnded.equals(endedRows.get(deliveryKey))) {
        (endedRows.containsKey(deliveryKey) ? changedEnded : newlyEnded).add(currentEnded);
      }
    });
    DeliveryTables.insertAttempts(c, attempts);
    DeliveryTables.deleteOpen(c, closedKeys);
    DeliveryTables.updateOpen(c, changedOpen);
    DeliveryTables.insertEnded(c, newlyEnded);
    DeliveryTables.updateEnded(c, changedEnded);
  }

  private static Attempt attempt(IndexedResult indexedResult) {
    return Objects.requireNonNull(indexedResult.attemptResult().attempt());
  }

  private record StoredAttempt(
      DeliveryKey deliveryKey, UUID id, LockedDelivery.RecordedAttempt attempt) {

    static StoredAttempt read(java.sql.ResultSet row) throws SQLException {
      return new StoredAttempt(
          new DeliveryKey(row.getLong("company_id"), EventMapper.uuid(row, "delivery_id")),
          EventMapper.uuid(row, "id"),
          new LockedDelivery.RecordedAttempt(row.getInt("number"), row.getBoolean("late")));
    }
  }
}
