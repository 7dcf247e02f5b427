package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.ledger.EventMapper;
import com.poolbrain.webhooks.store.ledger.ResponseHeaders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads single deliveries, open or ended, with their events and attempts.
final class DeliveryReader {

  /// Lateral joins with `limit 1`, so that the planner looks up each id by key even if it has no
  /// statistics of today's partition. The ranges of the ids repeat what the joins say: with them
  /// the planner leaves out the partitions of other days, which would take it longer than the rest.
  private static final String FIND =
      """
      select k.id, coalesce(d.event_id, o.event_id) as event_id,
             coalesce(d.endpoint_id, o.endpoint_id) as endpoint_id,
             coalesce(d.event_name, o.event_name) as event_name,
             d.status, d.skip_reason, d.ended_at,
             coalesce(d.attempt_count, o.attempt_count) as attempt_count,
             coalesce(d.test, o.trigger = 'test') as test,
             coalesce(o.job_id, d.job_id) as job_id,
             o.owner, o.due_at, e.items, e.occurred_at, e.erased_at,
             case when d.id is null then o.schedule_step
                  else coalesce(
                    d.schedule_step,
                    (d.attempt_id is not null and d.trigger = 'automatic')::integer)
             end as schedule_step,
             coalesce(l.number, case when d.attempt_id is not null then 1 end) as last_number,
             coalesce(l.started_at, d.started_at) as last_started_at,
             coalesce(l.duration_us, d.duration_us) as last_duration_us,
             coalesce(l.trigger, d.trigger) as last_trigger,
             case when l.number is null then d.status_code else l.status_code end as last_status,
             case when l.number is null then d.error else l.error end as last_error
      from (<ids>) as k (id)
      left join lateral (
        select * from open_delivery
        where company_id = :company and open_delivery.id = k.id limit 1) as o on true
      left join lateral (
        select * from delivery
        where company_id = :company and delivery.id = k.id
          and delivery.id between :first and :last limit 1) as d on true
      cross join lateral (
        select items, occurred_at, erased_at from event
        where event.id = coalesce(d.event_id, o.event_id)
          and event.id between :firstEvent and :lastEvent limit 1) as e
      left join lateral (
        select * from attempt
        where (d.attempt_id is null or d.attempt_count > 1) and delivery_id = k.id
          and delivery_id between :first and :last and company_id = :company
        order by number desc, started_at desc limit 1) as l on true
      """;

  private static final String FIND_BY_IDS = FIND.replace("<ids>", "select unnest(:ids::uuid[])");

  private static final String FIND_LATEST =
      FIND.replace(
          "<ids>",
          """
          select unnest(:ids::uuid[])
          union
          (select id from open_delivery where company_id = :company and id >= :since
           order by id desc limit :limit)
          union
          (select id from delivery where company_id = :company and id >= :since
           order by id desc limit :limit)
          """);

  /// The URL of an attempt without details is that of its endpoint at that time; of one that began
  /// before the first history entry, by a clock that was behind, the first URL.
  private static final String FIND_ATTEMPTS =
      """
      select k.id as delivery_id, a.*, coalesce(
          a.url,
          (select h.url from endpoint_history as h
           where h.endpoint_id = k.endpoint_id and h.valid_from <= a.started_at
           order by h.version desc limit 1),
          (select h.url from endpoint_history as h
           where h.endpoint_id = k.endpoint_id order by h.version limit 1)) as sent_to
      from unnest(:ids::uuid[], :endpoints::uuid[]) as k (id, endpoint_id)
      cross join lateral (
        (select number, trigger, started_at, duration_us, status_code, error, response_body, late,
           url, planned_at, address, detail, response_headers, response_bytes, actor
         from attempt
         where delivery_id = k.id and delivery_id between :first and :last
           and company_id = :company
         order by number desc
         limit :latest::bigint)
        union all
        (select 1, trigger, started_at, duration_us, status_code, error, response_body, false,
           null, null, null, null, null, null, null
         from delivery
         where company_id = :company and id = k.id and id between :first and :last
           and attempt_id is not null limit 1)) as a
      order by a.number, a.started_at
      """;

  private static final String FIND_EVENT =
      """
      select id as event_id, company_id, type, occurred_at, items, data from event
      where id = :id and company_id = :company
      """;

  private static final UUID MAX_ID = new UUID(-1, -1);

  private final Handle handle;
  private final long companyId;
  private final RunningAttempts runningAttempts;

  DeliveryReader(Handle handle, long companyId, RunningAttempts runningAttempts) {
    this.handle = handle;
    this.companyId = companyId;
    this.runningAttempts = runningAttempts;
  }

  List<LoggedDelivery> readDeliveries(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return read(FIND_BY_IDS, ids, IdRange.of(ids)).map((row, _) -> mapDelivery(row)).list();
  }

  /// The deliveries with these ids, and the newest ones, open and ended.
  ///
  /// @param since no older ones are added
  /// @param limit how many open ones are added at most, and how many ended ones
  List<LoggedDelivery> readLatest(Instant since, int limit, Collection<UUID> ids) {
    UUID first = UuidV7.lowerBound(since);
    UUID oldest = ids.isEmpty() ? first : UuidV7.min(first, IdRange.of(ids).first());
    return read(FIND_LATEST, ids, new IdRange(oldest, MAX_ID))
        .bind("since", first)
        .bind("limit", limit)
        .map((row, _) -> mapDelivery(row))
        .list();
  }

  private Query read(String statement, Collection<UUID> ids, IdRange range) {
    IdRange events = range.ofEvents();
    return range
        .bind(handle.createQuery(statement))
        .bind("company", companyId)
        .bind("ids", ColumnValues.uuidArray(ids))
        .bind("firstEvent", events.first())
        .bind("lastEvent", events.last());
  }

  List<LoggedAttempt> readAttempts(LoggedDelivery delivery) {
    return readAttempts(List.of(delivery), null).getOrDefault(delivery.id(), List.of());
  }

  /// The attempts by the ids of their deliveries.
  ///
  /// @param latest how many of each delivery at most; null for all
  Map<UUID, List<LoggedAttempt>> readAttempts(
      Collection<LoggedDelivery> deliveries, @Nullable Integer latest) {
    Map<UUID, List<LoggedAttempt>> attempts = new HashMap<>();
    if (deliveries.isEmpty()) {
      return attempts;
    }
    List<UUID> ids = deliveries.stream().map(LoggedDelivery::id).toList();
    IdRange.of(ids)
        .bind(handle.createQuery(FIND_ATTEMPTS))
        .bind("company", companyId)
        .bind("ids", ColumnValues.uuidArray(ids))
        .bind(
            "endpoints",
            ColumnValues.uuidArray(deliveries.stream().map(LoggedDelivery::endpointId).toList()))
        .bind("latest", latest)
        .map((row, _) -> Map.entry(ColumnValues.uuid(row, "delivery_id"), mapAttempt(row)))
        .forEach(found ->
            attempts.computeIfAbsent(found.getKey(), _ -> new ArrayList<>()).add(found.getValue()));
    return attempts;
  }

  Event readEvent(UUID id) {
    return handle
        .createQuery(FIND_EVENT)
        .bind("company", companyId)
        .bind("id", id)
        .map((row, _) -> EventMapper.fromRow(row))
        .one();
  }

  private LoggedDelivery mapDelivery(ResultSet row) throws SQLException {
    UUID id = ColumnValues.uuid(row, "id");
    DeliveryStatus status = mapStatus(row, id);
    String reason = row.getString("skip_reason");
    boolean isOpen = status == DeliveryStatus.PENDING || status == DeliveryStatus.RETRYING;
    return new LoggedDelivery(
        id,
        ColumnValues.uuid(row, "event_id"),
        companyId,
        ColumnValues.uuid(row, "endpoint_id"),
        row.getString("event_name"),
        row.getInt("items"),
        status,
        reason == null || status != DeliveryStatus.SKIPPED ? null : SkipReason.fromWireName(reason),
        row.getInt("attempt_count"),
        ColumnValues.instant(row, "occurred_at"),
        isOpen ? ColumnValues.instant(row, "due_at") : null,
        row.getBoolean("test"),
        ColumnValues.uuidOrNull(row, "job_id"),
        row.getInt("schedule_step"),
        mapLastAttempt(row),
        ColumnValues.instantOrNull(row, "ended_at"),
        ColumnValues.instantOrNull(row, "erased_at"));
  }

  private static @Nullable LastAttempt mapLastAttempt(ResultSet row) throws SQLException {
    Integer number = ColumnValues.integerOrNull(row, "last_number");
    String error = row.getString("last_error");
    return number == null
        ? null
        : new LastAttempt(
            number,
            Trigger.fromWireName(row.getString("last_trigger")),
            ColumnValues.instant(row, "last_started_at"),
            Duration.ofNanos(row.getLong("last_duration_us") * 1_000),
            ColumnValues.integerOrNull(row, "last_status"),
            error == null ? null : ErrorClass.fromWireName(error));
  }

  private DeliveryStatus mapStatus(ResultSet row, UUID id) throws SQLException {
    UUID owner = ColumnValues.uuidOrNull(row, "owner");
    String endedStatus = row.getString("status");
    if (owner != null && runningAttempts.isRunning(owner, id)) {
      return DeliveryStatus.DELIVERING;
    }
    if (endedStatus != null) {
      return DeliveryStatus.fromWireName(endedStatus);
    }
    return row.getInt("schedule_step") == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }

  private static LoggedAttempt mapAttempt(ResultSet row) throws SQLException {
    String error = row.getString("error");
    return new LoggedAttempt(
        row.getInt("number"),
        Trigger.fromWireName(row.getString("trigger")),
        ColumnValues.instant(row, "started_at"),
        Duration.ofNanos(row.getLong("duration_us") * 1_000),
        ColumnValues.integerOrNull(row, "status_code"),
        error == null ? null : ErrorClass.fromWireName(error),
        row.getString("response_body"),
        row.getBoolean("late"),
        row.getString("sent_to"),
        mapDetails(row));
  }

  private static @Nullable AttemptDetails mapDetails(ResultSet row) throws SQLException {
    String url = row.getString("url");
    return url == null
        ? null
        : new AttemptDetails(
            url,
            ColumnValues.instantOrNull(row, "planned_at"),
            row.getString("address"),
            row.getString("detail"),
            ResponseHeaders.parse(row.getString("response_headers")),
            ColumnValues.integerOrNull(row, "response_bytes"),
            row.getString("actor"));
  }
}
