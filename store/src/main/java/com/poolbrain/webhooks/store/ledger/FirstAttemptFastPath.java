package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.ledger.ResultRecorder.IndexedResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends deliveries that their owner's first attempt ended: the attempt is kept in the same row.
final class FirstAttemptFastPath {

  /// Finds each delivery by its key, in the order in which the rows are given, and deletes it by
  /// the place where it was found. Left to itself the planner joins the other way round, and walks
  /// over `open_delivery` for each row.
  static final String END_DELIVERIES =
      """
      with located as materialized (
        select d.tid, r.*
        from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[],
          ?::timestamptz[], ?::integer[], ?::integer[], ?::uuid[], ?::text[], ?::text[], ?::text[])
          as r (company_id, id, status, skip_reason, ended_at, started_at, duration_us,
            status_code, attempt_id, trigger, error, response_body)
        cross join lateral (
          select ctid as tid from open_delivery
          where open_delivery.company_id = r.company_id and open_delivery.id = r.id
          offset 0) as d
      ), owned as (
        delete from open_delivery using located
        where open_delivery.ctid = located.tid and open_delivery.owner = ?
          and open_delivery.attempt_count = 0 and open_delivery.trigger = located.trigger
        returning located.*, open_delivery.event_id, open_delivery.endpoint_id,
          open_delivery.event_name
      ), ended as (
        insert into delivery (company_id, ended_at, started_at, attempt_count, duration_us,
          status_code, test, id, event_id, endpoint_id, attempt_id, event_name, status,
          skip_reason, trigger, error, response_body)
        select company_id, ended_at, started_at, 1, duration_us,
          status_code, trigger = 'test', id, event_id, endpoint_id, attempt_id, event_name, status,
          skip_reason, trigger, error, response_body
        from owned
      )
      select company_id, id from owned
      """;

  private FirstAttemptFastPath() {}

  /// Whether a settlement ends its delivery by its first attempt, if the caller still owns it.
  static boolean isEligible(AttemptResult attemptResult) {
    Attempt attempt = attemptResult.attempt();
    return attempt != null
        && attemptResult.claim().attempts() == 0
        && attempt.trigger() != Trigger.MANUAL
        && end(attemptResult.verdict()) != null;
  }

  /// Ends those that the caller owns and that no attempt is on record of.
  ///
  /// @return which
  static Set<DeliveryKey> end(Connection c, UUID incarnation, List<IndexedResult> results)
      throws SQLException {
    List<FirstAttemptRow> rows = results.stream().map(FirstAttemptRow::of).toList();
    return new HashSet<>(
        Sql.list(
            c,
            END_DELIVERIES,
            p ->
                p.add(PgBinaryArray.longs(rows, r -> r.attemptRow().deliveryKey().companyId()))
                    .add(PgBinaryArray.uuids(rows, r -> r.attemptRow().deliveryKey().id()))
                    .add(PgBinaryArray.texts(rows, r -> r.finalStatus().status().wireName()))
                    .add(
                        PgBinaryArray.texts(
                            rows, r -> DeliveryTables.wireNameOrNull(r.finalStatus().skipReason())))
                    .add(PgBinaryArray.timestamps(rows, r -> r.attemptRow().attempt().endedAt()))
                    .add(PgBinaryArray.timestamps(rows, r -> r.attemptRow().attempt().startedAt()))
                    .add(PgBinaryArray.ints(rows, r -> r.attemptRow().durationMicros()))
                    .add(PgBinaryArray.nullableInts(rows, r -> r.attemptRow().statusCode()))
                    .add(PgBinaryArray.uuids(rows, r -> r.attemptRow().attempt().id()))
                    .add(
                        PgBinaryArray.texts(
                            rows, r -> r.attemptRow().attempt().trigger().wireName()))
                    .add(PgBinaryArray.texts(rows, r -> r.attemptRow().error()))
                    .add(PgBinaryArray.texts(rows, r -> r.attemptRow().responseBody()))
                    .add(incarnation),
            row -> new DeliveryKey(row.getLong(1), row.getObject(2, UUID.class))));
  }

  static RecordedResult recordedResult(IndexedResult indexedResult) {
    return new RecordedResult(
        indexedResult.deliveryKey().id(),
        1,
        FirstAttemptRow.of(indexedResult).finalStatus().status(),
        false);
  }

  private record FirstAttemptRow(AttemptRow attemptRow, DeliveryRow.FinalStatus finalStatus) {

    static FirstAttemptRow of(IndexedResult indexedResult) {
      Attempt attempt = indexedResult.attemptResult().attempt();
      DeliveryRow.FinalStatus finalStatus =
          FirstAttemptFastPath.end(indexedResult.attemptResult().verdict());
      if (attempt == null || finalStatus == null) {
        throw new IllegalArgumentException(
            "does not end by an attempt: " + indexedResult.deliveryKey());
      }
      return new FirstAttemptRow(
          new AttemptRow(indexedResult.deliveryKey(), 1, false, attempt), finalStatus);
    }
  }

  private static DeliveryRow.@Nullable FinalStatus end(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> DeliveryRow.FinalStatus.DELIVERED;
      case Verdict.GiveUp _ -> DeliveryRow.FinalStatus.PERMANENTLY_FAILED;
      case Verdict.Skip(var reason) -> DeliveryRow.FinalStatus.skipped(reason);
      case Verdict.RetryAt _, Verdict.Unchanged _ -> null;
    };
  }
}
