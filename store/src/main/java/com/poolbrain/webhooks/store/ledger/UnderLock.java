package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.store.ledger.Settling.Entry;
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
final class UnderLock {

  private static final String ON_RECORD =
      """
      select a.company_id, a.delivery_id, a.id, a.number, a.late
      from unnest(?::uuid[], ?::uuid[]) as k (delivery_id, id)
      cross join lateral (
        select * from attempt
        where attempt.delivery_id = k.delivery_id and attempt.id = k.id) as a
      """;

  private final Map<Key, Standing> standings = new TreeMap<>(Key.LOCK_ORDER);
  private final Map<Key, Open> open;
  private final Map<Key, Ended> ended;

  private UnderLock(Connection c, List<Entry> entries) throws SQLException {
    List<Key> keys = entries.stream().map(Entry::key).distinct().toList();
    open = Deliveries.lockOpen(c, keys);
    ended = Deliveries.lockEnded(c, keys.stream().filter(this::mayHaveEnded).toList());
    for (Key key : keys) {
      standings.put(key, new Standing(key, open.get(key), ended.get(key)));
    }
  }

  /// Settles entries.
  ///
  /// @return the answers, by the indices of the entries
  static Map<Integer, Settled> settle(Connection c, UUID incarnation, List<Entry> entries)
      throws SQLException {
    UnderLock work = new UnderLock(c, entries);
    work.learnAttempts(c, incarnation, entries);
    Map<Integer, Settled> answers = new HashMap<>();
    for (Entry entry : entries) {
      Standing standing = Objects.requireNonNull(work.standings.get(entry.key()));
      answers.put(entry.index(), standing.settle(incarnation, entry.settlement()));
    }
    work.write(c);
    return answers;
  }

  private boolean mayHaveEnded(Key key) {
    Open row = open.get(key);
    return row == null || row.reopened();
  }

  /// As long as nothing was recorded since a delivery was claimed, its attempt can't be on record.
  private void learnAttempts(Connection c, UUID incarnation, List<Entry> entries)
      throws SQLException {
    List<Entry> doubtful = entries.stream().filter(e -> !untouched(e, incarnation)).toList();
    List<Entry> made = doubtful.stream().filter(e -> e.settlement().attempt() != null).toList();
    if (made.isEmpty()) {
      return;
    }
    Sql.list(
            c,
            ON_RECORD,
            p ->
                p.add(Column.uuids(made, e -> e.key().id()))
                    .add(Column.uuids(made, e -> attempt(e).id())),
            Found::read)
        .forEach(f -> Objects.requireNonNull(standings.get(f.key())).know(f.id(), f.attempt()));
  }

  private boolean untouched(Entry entry, UUID incarnation) {
    Open row = open.get(entry.key());
    return row != null
        && !row.reopened()
        && incarnation.equals(row.owner())
        && row.attempts() == entry.settlement().claim().attempts();
  }

  private void write(Connection c) throws SQLException {
    List<Made> made = new ArrayList<>();
    List<Key> closed = new ArrayList<>();
    List<Open> changedOpen = new ArrayList<>();
    List<Ended> newlyEnded = new ArrayList<>();
    List<Ended> changedEnded = new ArrayList<>();
    standings.forEach((key, standing) -> {
      made.addAll(standing.added());
      Open openNow = standing.open();
      Ended endedNow = standing.ended();
      if (openNow == null && open.containsKey(key)) {
        closed.add(key);
      } else if (openNow != null && !openNow.equals(open.get(key))) {
        changedOpen.add(openNow);
      }
      if (endedNow != null && !endedNow.equals(ended.get(key))) {
        (ended.containsKey(key) ? changedEnded : newlyEnded).add(endedNow);
      }
    });
    Deliveries.record(c, made);
    Deliveries.close(c, closed);
    Deliveries.change(c, changedOpen);
    Deliveries.end(c, newlyEnded);
    Deliveries.changeEnded(c, changedEnded);
  }

  private static Attempt attempt(Entry entry) {
    return Objects.requireNonNull(entry.settlement().attempt());
  }

  private record Found(Key key, UUID id, Standing.Recorded attempt) {

    static Found read(java.sql.ResultSet row) throws SQLException {
      return new Found(
          new Key(row.getLong("company_id"), Rows.uuid(row, "delivery_id")),
          Rows.uuid(row, "id"),
          new Standing.Recorded(row.getInt("number"), row.getBoolean("late")));
    }
  }
}
