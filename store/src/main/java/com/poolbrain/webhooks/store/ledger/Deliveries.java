package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of deliveries, read under lock and written, many at a time and in lock order.
final class Deliveries {

  private static final String LOCK_OPEN =
      """
      select d.company_id, d.id, d.event_id, d.endpoint_id, d.name, d.trigger, d.step, d.attempts,
        d.due_at, d.owner
      from unnest(?::bigint[], ?::uuid[]) as k (company_id, id)
      cross join lateral (
        select * from due where due.company_id = k.company_id and due.id = k.id for update) as d
      """;

  private static final String LOCK_ENDED =
      """
      select d.company_id, d.id, d.event_id, d.endpoint_id, d.name, d.test, d.status,
        d.skip_reason, d.attempt_count, d.ended_at, d.attempt_id
      from unnest(?::bigint[], ?::uuid[]) as k (company_id, id)
      cross join lateral (
        select * from delivery
        where delivery.company_id = k.company_id and delivery.id = k.id for update) as d
      """;

  private static final String EVENT =
      """
      select company_id, id as event_id, type, occurred_at, items, data from event where id = ?
      """;

  private static final String RECORD =
      """
      insert into attempt (company_id, delivery_id, id, number, late, trigger, started_at,
        duration_us, status_code, error, response_body)
      select * from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::integer[], ?::boolean[],
        ?::text[], ?::timestamptz[], ?::integer[], ?::integer[], ?::text[], ?::text[])
      """;

  private static final String CLOSE =
      """
      delete from due using unnest(?::bigint[], ?::uuid[]) as k (company_id, id)
      where due.company_id = k.company_id and due.id = k.id
      """;

  private static final String CHANGE_OPEN =
      """
      update due set step = k.step, attempts = k.attempts, due_at = k.due_at, owner = k.owner
      from unnest(?::bigint[], ?::uuid[], ?::integer[], ?::integer[], ?::timestamptz[], ?::uuid[])
        as k (company_id, id, step, attempts, due_at, owner)
      where due.company_id = k.company_id and due.id = k.id
      """;

  private static final String REOPEN =
      """
      insert into due (company_id, due_at, step, attempts, id, event_id, endpoint_id, owner, name,
        trigger)
      select company_id, now(), 0, attempt_count, id, event_id, endpoint_id, ?, name, 'manual'
      from delivery where company_id = ? and id = ?
      on conflict do nothing
      returning *
      """;

  private static final String END =
      """
      insert into delivery (company_id, id, event_id, endpoint_id, name, test, status, skip_reason,
        attempt_count, ended_at)
      select company_id, id, event_id, endpoint_id, name, test, status, skip_reason,
        attempt_count, coalesce(ended_at, now())
      from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::boolean[], ?::text[],
        ?::text[], ?::integer[], ?::timestamptz[])
      as k (company_id, id, event_id, endpoint_id, name, test, status, skip_reason,
        attempt_count, ended_at)
      """;

  private static final String CHANGE_ENDED =
      """
      update delivery set status = k.status, skip_reason = k.skip_reason,
        attempt_count = k.attempt_count, ended_at = coalesce(k.ended_at, now())
      from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::integer[], ?::timestamptz[])
        as k (company_id, id, status, skip_reason, attempt_count, ended_at)
      where delivery.company_id = k.company_id and delivery.id = k.id
      """;

  private Deliveries() {}

  static Map<Key, Open> lockOpen(Connection c, Collection<Key> keys) throws SQLException {
    return Sql.list(c, LOCK_OPEN, p -> give(p, sorted(keys)), Open::read).stream()
        .collect(Collectors.toMap(Open::key, Function.identity()));
  }

  static Map<Key, Ended> lockEnded(Connection c, Collection<Key> keys) throws SQLException {
    return keys.isEmpty()
        ? Map.of()
        : Sql.list(c, LOCK_ENDED, p -> give(p, sorted(keys)), Ended::read).stream()
            .collect(Collectors.toMap(Ended::key, Function.identity()));
  }

  static @Nullable Event event(Connection c, UUID id) throws SQLException {
    return Sql.first(c, EVENT, p -> p.add(id), Rows::event);
  }

  static void record(Connection c, List<Made> made) throws SQLException {
    if (made.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        RECORD,
        p ->
            p.add(Column.longs(made, m -> m.delivery().companyId()))
                .add(Column.uuids(made, m -> m.delivery().id()))
                .add(Column.uuids(made, m -> m.attempt().id()))
                .add(Column.ints(made, Made::number))
                .add(Column.booleans(made, Made::late))
                .add(Column.texts(made, m -> m.attempt().trigger().word()))
                .add(Column.times(made, m -> m.attempt().startedAt()))
                .add(Column.ints(made, Made::durationMicros))
                .add(Column.integers(made, Made::statusCode))
                .add(Column.texts(made, Made::error))
                .add(Column.texts(made, Made::responseBody)));
  }

  static void close(Connection c, List<Key> keys) throws SQLException {
    if (!keys.isEmpty()) {
      Sql.update(c, CLOSE, p -> give(p, keys));
    }
  }

  static void change(Connection c, List<Open> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        CHANGE_OPEN,
        p ->
            p.add(Column.longs(rows, r -> r.key().companyId()))
                .add(Column.uuids(rows, r -> r.key().id()))
                .add(Column.ints(rows, Open::step))
                .add(Column.ints(rows, Open::attempts))
                .add(Column.times(rows, Open::dueAt))
                .add(Column.uuids(rows, Open::owner)));
  }

  /// Opens a delivery that has ended.
  ///
  /// @return null if it is open
  static @Nullable Open reopen(Connection c, Key key, UUID owner) throws SQLException {
    return Sql.first(c, REOPEN, p -> p.add(owner).add(key.companyId()).add(key.id()), Open::read);
  }

  static void end(Connection c, List<Ended> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        END,
        p ->
            p.add(Column.longs(rows, r -> r.key().companyId()))
                .add(Column.uuids(rows, r -> r.key().id()))
                .add(Column.uuids(rows, r -> r.kind().eventId()))
                .add(Column.uuids(rows, r -> r.kind().endpointId()))
                .add(Column.texts(rows, r -> r.kind().name()))
                .add(Column.booleans(rows, r -> r.kind().trigger() == Trigger.TEST))
                .add(Column.texts(rows, r -> r.end().status().word()))
                .add(Column.texts(rows, r -> word(r.end().reason())))
                .add(Column.ints(rows, Ended::attempts))
                .add(Column.times(rows, Ended::endedAt)));
  }

  static void changeEnded(Connection c, List<Ended> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        CHANGE_ENDED,
        p ->
            p.add(Column.longs(rows, r -> r.key().companyId()))
                .add(Column.uuids(rows, r -> r.key().id()))
                .add(Column.texts(rows, r -> r.end().status().word()))
                .add(Column.texts(rows, r -> word(r.end().reason())))
                .add(Column.ints(rows, Ended::attempts))
                .add(Column.times(rows, Ended::endedAt)));
  }

  static @Nullable String word(@Nullable SkipReason reason) {
    return reason == null ? null : reason.word();
  }

  private static void give(Parameters parameters, List<Key> keys) throws SQLException {
    parameters.add(Column.longs(keys, Key::companyId)).add(Column.uuids(keys, Key::id));
  }

  private static List<Key> sorted(Collection<Key> keys) {
    return keys.stream().sorted(Key.LOCK_ORDER).toList();
  }
}
