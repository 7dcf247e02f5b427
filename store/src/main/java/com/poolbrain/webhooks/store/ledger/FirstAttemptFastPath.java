package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryEnd;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.ledger.ResultRecorder.IndexedResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Ends deliveries with the first attempt of their owner, in one statement. The attempt is stored
/// inline in the row of `delivery`, which has no room for details.
final class FirstAttemptFastPath {

  /// Locates each delivery by its key, in lock order, and deletes it by its row id. Without this
  /// order the planner joins the other way round and scans `open_delivery` once per row.
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
          open_delivery.job_id, open_delivery.event_name
      ), ended as (
        insert into delivery (company_id, ended_at, started_at, attempt_count, duration_us,
          status_code, test, id, event_id, endpoint_id, attempt_id, job_id, event_name, status,
          skip_reason, trigger, error, response_body)
        select company_id, ended_at, started_at, 1, duration_us,
          status_code, trigger = 'test', id, event_id, endpoint_id, attempt_id, job_id, event_name, status,
          skip_reason, trigger, error, response_body
        from owned
      )
      select company_id, id from owned
      """;

  private FirstAttemptFastPath() {}

  /// Whether a result ends its delivery with the first attempt, if the caller still owns it.
  static boolean isEligible(AttemptResult result) {
    Attempt attempt = result.attempt();
    return attempt != null
        && result.claim().attempts() == 0
        && attempt.trigger() != Trigger.MANUAL
        && attempt.details() == null
        && DeliveryEnd.of(result.verdict()) != null;
  }

  /// Ends the deliveries that the caller owns and that have no recorded attempt.
  ///
  /// @param results eligible ones in lock order
  /// @return the keys of the deliveries that were ended
  static Set<DeliveryKey> endDeliveries(Connection c, UUID incarnation, List<IndexedResult> results)
      throws SQLException {
    List<AttemptRow> attempts =
        results.stream()
            .map(r -> new AttemptRow(r.key(), 1, null, false, attempt(r), false))
            .toList();
    return new HashSet<>(
        Sql.list(
            c,
            END_DELIVERIES,
            p ->
                p.add(PgBinaryArray.longs(attempts, a -> a.key().companyId()))
                    .add(PgBinaryArray.uuids(attempts, a -> a.key().id()))
                    .add(PgBinaryArray.texts(results, r -> end(r).status().wireName()))
                    .add(
                        PgBinaryArray.texts(
                            results, r -> DeliveryTables.wireNameOrNull(end(r).skipReason())))
                    .add(PgBinaryArray.timestamps(attempts, a -> a.attempt().endedAt()))
                    .add(PgBinaryArray.timestamps(attempts, a -> a.attempt().startedAt()))
                    .add(PgBinaryArray.ints(attempts, AttemptRow::durationMicros))
                    .add(PgBinaryArray.nullableInts(attempts, AttemptRow::statusCode))
                    .add(PgBinaryArray.uuids(attempts, a -> a.attempt().id()))
                    .add(PgBinaryArray.texts(attempts, a -> a.attempt().trigger().wireName()))
                    .add(PgBinaryArray.texts(attempts, AttemptRow::error))
                    .add(PgBinaryArray.texts(attempts, AttemptRow::responseBody))
                    .add(incarnation),
            row -> new DeliveryKey(row.getLong(1), row.getObject(2, UUID.class))));
  }

  static RecordedResult recordedResult(IndexedResult result) {
    boolean test = attempt(result).trigger() == Trigger.TEST;
    return new RecordedResult(
        result.key().id(), 1, DeliveryStatus.PENDING, end(result).status(), false, test);
  }

  private static Attempt attempt(IndexedResult result) {
    return Objects.requireNonNull(result.attemptResult().attempt());
  }

  private static DeliveryEnd end(IndexedResult result) {
    return Objects.requireNonNull(DeliveryEnd.of(result.attemptResult().verdict()));
  }
}
