package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.store.ledger.Settling.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends deliveries that their owner's first attempt ended: the attempt is kept in the same row.
final class FirstAttempts {

  /// Finds each delivery by its key, in the order in which the rows are given, and deletes it by
  /// the place where it was found. Left to itself the planner joins the other way round, and walks
  /// over `due` for each row.
  static final String END =
      """
      with found as materialized (
        select d.place, r.*
        from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[],
          ?::timestamptz[], ?::integer[], ?::integer[], ?::uuid[], ?::text[], ?::text[], ?::text[])
          as r (company_id, id, status, skip_reason, ended_at, started_at, duration_us,
            status_code, attempt_id, trigger, error, response_body)
        cross join lateral (
          select ctid as place from due
          where due.company_id = r.company_id and due.id = r.id
          offset 0) as d
      ), mine as (
        delete from due using found
        where due.ctid = found.place and due.owner = ? and due.attempts = 0
          and due.trigger = found.trigger
        returning found.*, due.event_id, due.endpoint_id, due.name
      ), ended as (
        insert into delivery (company_id, ended_at, started_at, attempt_count, duration_us,
          status_code, test, id, event_id, endpoint_id, attempt_id, name, status, skip_reason,
          trigger, error, response_body)
        select company_id, ended_at, started_at, 1, duration_us,
          status_code, trigger = 'test', id, event_id, endpoint_id, attempt_id, name, status,
          skip_reason, trigger, error, response_body
        from mine
      )
      select company_id, id from mine
      """;

  private FirstAttempts() {}

  /// Whether a settlement ends its delivery by its first attempt, if the caller still owns it.
  static boolean mayEnd(Settlement settlement) {
    Attempt attempt = settlement.attempt();
    return attempt != null
        && settlement.claim().attempts() == 0
        && attempt.trigger() != Trigger.MANUAL
        && end(settlement.verdict()) != null;
  }

  /// Ends those that the caller owns and that no attempt is on record of.
  ///
  /// @return which
  static Set<Key> end(Connection c, UUID incarnation, List<Entry> entries) throws SQLException {
    List<Row> rows = entries.stream().map(Row::of).toList();
    return new HashSet<>(
        Sql.list(
            c,
            END,
            p ->
                p.add(Column.longs(rows, r -> r.made().delivery().companyId()))
                    .add(Column.uuids(rows, r -> r.made().delivery().id()))
                    .add(Column.texts(rows, r -> r.end().status().word()))
                    .add(Column.texts(rows, r -> Deliveries.word(r.end().reason())))
                    .add(Column.times(rows, r -> r.made().attempt().endedAt()))
                    .add(Column.times(rows, r -> r.made().attempt().startedAt()))
                    .add(Column.ints(rows, r -> r.made().durationMicros()))
                    .add(Column.integers(rows, r -> r.made().statusCode()))
                    .add(Column.uuids(rows, r -> r.made().attempt().id()))
                    .add(Column.texts(rows, r -> r.made().attempt().trigger().word()))
                    .add(Column.texts(rows, r -> r.made().error()))
                    .add(Column.texts(rows, r -> r.made().responseBody()))
                    .add(incarnation),
            row -> new Key(row.getLong(1), row.getObject(2, UUID.class))));
  }

  static Settled settled(Entry entry) {
    return new Settled(entry.key().id(), 1, Row.of(entry).end().status(), false);
  }

  private record Row(Made made, Ended.End end) {

    static Row of(Entry entry) {
      Attempt attempt = entry.settlement().attempt();
      Ended.End end = FirstAttempts.end(entry.settlement().verdict());
      if (attempt == null || end == null) {
        throw new IllegalArgumentException("does not end by an attempt: " + entry.key());
      }
      return new Row(new Made(entry.key(), 1, false, attempt), end);
    }
  }

  private static Ended.@Nullable End end(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> Ended.End.DELIVERED;
      case Verdict.GiveUp _ -> Ended.End.PERMANENTLY_FAILED;
      case Verdict.Skip(var reason) -> Ended.End.skipped(reason);
      case Verdict.RetryAt _, Verdict.Unchanged _ -> null;
    };
  }
}
