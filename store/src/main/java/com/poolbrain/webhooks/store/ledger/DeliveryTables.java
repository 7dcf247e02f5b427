package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.store.jdbc.PgBinaryArray;
import com.poolbrain.webhooks.store.jdbc.Sql;
import com.poolbrain.webhooks.store.jdbc.Sql.ParameterBinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Statements that lock and write the rows of many deliveries, in lock order.
final class DeliveryTables {

  private static final String LOCK_OPEN =
      """
      select d.company_id, d.id, d.event_id, d.endpoint_id, d.job_id, d.event_name, d.trigger,
        d.schedule_step, d.attempt_count, d.due_at, d.owner
      from unnest(?::bigint[], ?::uuid[]) as k (company_id, id)
      cross join lateral (
        select * from open_delivery
        where open_delivery.company_id = k.company_id and open_delivery.id = k.id for update) as d
      """;

  private static final String LOCK_ENDED =
      """
      select d.company_id, d.id, d.event_id, d.endpoint_id, d.job_id, d.event_name, d.test, d.status,
        d.skip_reason, d.attempt_count, d.ended_at, d.attempt_id,
        coalesce(
          d.schedule_step,
          (d.attempt_id is not null and d.trigger = 'automatic')::integer) as schedule_step
      from unnest(?::bigint[], ?::uuid[]) as k (company_id, id)
      cross join lateral (
        select * from delivery
        where delivery.company_id = k.company_id and delivery.id = k.id for update) as d
      """;

  private static final String FIND_EVENT =
      """
      select company_id, id as event_id, type, occurred_at, items, data from event where id = ?
      """;

  private static final String INSERT_ATTEMPTS =
      """
      insert into attempt (company_id, delivery_id, id, number, late, trigger, started_at,
        duration_us, status_code, error, response_body, url, planned_at, address, detail,
        response_headers, response_bytes, actor, previous_status)
      select * from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::integer[], ?::boolean[],
        ?::text[], ?::timestamptz[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[],
        ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[])
      """;

  private static final String DELETE_OPEN =
      """
      delete from open_delivery using unnest(?::bigint[], ?::uuid[]) as k (company_id, id)
      where open_delivery.company_id = k.company_id and open_delivery.id = k.id
      """;

  private static final String UPDATE_OPEN =
      """
      update open_delivery set schedule_step = k.schedule_step, attempt_count = k.attempt_count,
        due_at = k.due_at, owner = k.owner
      from unnest(?::bigint[], ?::uuid[], ?::integer[], ?::integer[], ?::timestamptz[], ?::uuid[])
        as k (company_id, id, schedule_step, attempt_count, due_at, owner)
      where open_delivery.company_id = k.company_id and open_delivery.id = k.id
      """;

  private static final String REOPEN =
      """
      insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
        endpoint_id, owner, event_name, trigger)
      select company_id, now(), 0, attempt_count, id, event_id, endpoint_id, ?, event_name,
        'manual'
      from delivery where company_id = ? and id = ?
      on conflict do nothing
      returning *
      """;

  private static final String INSERT_ENDED =
      """
      insert into delivery (company_id, id, event_id, endpoint_id, job_id, event_name, test, status,
        skip_reason, schedule_step, attempt_count, ended_at)
      select company_id, id, event_id, endpoint_id, job_id, event_name, test, status, skip_reason,
        schedule_step, attempt_count, coalesce(ended_at, now())
      from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::boolean[],
        ?::text[], ?::text[], ?::integer[], ?::integer[], ?::timestamptz[])
      as k (company_id, id, event_id, endpoint_id, job_id, event_name, test, status, skip_reason,
        schedule_step, attempt_count, ended_at)
      """;

  private static final String UPDATE_ENDED =
      """
      update delivery set status = k.status, skip_reason = k.skip_reason,
        attempt_count = k.attempt_count, ended_at = coalesce(k.ended_at, now())
      from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::integer[], ?::timestamptz[])
        as k (company_id, id, status, skip_reason, attempt_count, ended_at)
      where delivery.company_id = k.company_id and delivery.id = k.id
      """;

  private DeliveryTables() {}

  private static Map<DeliveryKey, OpenDeliveryRow> lockOpen(
      Connection c, Collection<DeliveryKey> keys) throws SQLException {
    return Sql.list(c, LOCK_OPEN, p -> bindKeys(p, inLockOrder(keys)), OpenDeliveryRow::read)
        .stream()
        .collect(Collectors.toMap(OpenDeliveryRow::key, Function.identity()));
  }

  private static Map<DeliveryKey, DeliveryRow> lockEnded(Connection c, Collection<DeliveryKey> keys)
      throws SQLException {
    return keys.isEmpty()
        ? Map.of()
        : Sql.list(c, LOCK_ENDED, p -> bindKeys(p, inLockOrder(keys)), DeliveryRow::read).stream()
            .collect(Collectors.toMap(DeliveryRow::key, Function.identity()));
  }

  /// The locked rows of some deliveries.
  record LockedRows(Map<DeliveryKey, OpenDeliveryRow> open, Map<DeliveryKey, DeliveryRow> ended) {}

  /// Locks the open rows, and the ended rows of deliveries that are not open or reopened. A
  /// background job may move an ended delivery back while this waits for its lock; so what was
  /// found in neither table is looked for once more.
  static LockedRows lock(Connection c, Collection<DeliveryKey> keys) throws SQLException {
    Map<DeliveryKey, OpenDeliveryRow> open = lockOpen(c, keys);
    Map<DeliveryKey, DeliveryRow> ended =
        lockEnded(c, keys.stream().filter(key -> mayHaveEnded(open.get(key))).toList());
    List<DeliveryKey> missing =
        keys.stream().filter(key -> !open.containsKey(key) && !ended.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      open.putAll(lockOpen(c, missing));
    }
    return new LockedRows(open, ended);
  }

  private static boolean mayHaveEnded(@Nullable OpenDeliveryRow open) {
    return open == null || open.isReopened();
  }

  static @Nullable Event findEvent(Connection c, UUID id) throws SQLException {
    return Sql.first(c, FIND_EVENT, p -> p.add(id), EventMapper::fromRow);
  }

  static void insertAttempts(Connection c, List<AttemptRow> attempts) throws SQLException {
    if (attempts.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        INSERT_ATTEMPTS,
        p ->
            p.add(PgBinaryArray.longs(attempts, m -> m.key().companyId()))
                .add(PgBinaryArray.uuids(attempts, m -> m.key().id()))
                .add(PgBinaryArray.uuids(attempts, m -> m.attempt().id()))
                .add(PgBinaryArray.ints(attempts, AttemptRow::number))
                .add(PgBinaryArray.booleans(attempts, AttemptRow::late))
                .add(PgBinaryArray.texts(attempts, m -> m.attempt().trigger().wireName()))
                .add(PgBinaryArray.timestamps(attempts, m -> m.attempt().startedAt()))
                .add(PgBinaryArray.ints(attempts, AttemptRow::durationMicros))
                .add(PgBinaryArray.nullableInts(attempts, AttemptRow::statusCode))
                .add(PgBinaryArray.texts(attempts, AttemptRow::error))
                .add(PgBinaryArray.texts(attempts, AttemptRow::responseBody))
                .add(PgBinaryArray.texts(attempts, AttemptRow::url))
                .add(PgBinaryArray.timestamps(attempts, AttemptRow::plannedAt))
                .add(PgBinaryArray.texts(attempts, AttemptRow::address))
                .add(PgBinaryArray.texts(attempts, AttemptRow::detail))
                .add(PgBinaryArray.texts(attempts, AttemptRow::responseHeaders))
                .add(PgBinaryArray.nullableInts(attempts, AttemptRow::responseBytes))
                .add(PgBinaryArray.texts(attempts, AttemptRow::actor))
                .add(PgBinaryArray.texts(attempts, AttemptRow::storedPreviousStatus)));
  }

  static void deleteOpen(Connection c, List<DeliveryKey> keys) throws SQLException {
    if (!keys.isEmpty()) {
      Sql.update(c, DELETE_OPEN, p -> bindKeys(p, keys));
    }
  }

  static void updateOpen(Connection c, List<OpenDeliveryRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        UPDATE_OPEN,
        p ->
            p.add(PgBinaryArray.longs(rows, r -> r.key().companyId()))
                .add(PgBinaryArray.uuids(rows, r -> r.key().id()))
                .add(PgBinaryArray.ints(rows, r -> r.state().scheduleStep()))
                .add(PgBinaryArray.ints(rows, r -> r.state().attempts()))
                .add(PgBinaryArray.timestamps(rows, r -> r.state().dueAt()))
                .add(PgBinaryArray.uuids(rows, r -> r.state().owner())));
  }

  /// Opens an ended delivery for a manual attempt.
  ///
  /// @return null if it is open already
  static @Nullable OpenDeliveryRow reopen(Connection c, DeliveryKey key, UUID owner)
      throws SQLException {
    return Sql.first(
        c, REOPEN, p -> p.add(owner).add(key.companyId()).add(key.id()), OpenDeliveryRow::read);
  }

  static void insertEnded(Connection c, List<DeliveryRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        INSERT_ENDED,
        p ->
            p.add(PgBinaryArray.longs(rows, r -> r.key().companyId()))
                .add(PgBinaryArray.uuids(rows, r -> r.key().id()))
                .add(PgBinaryArray.uuids(rows, r -> r.info().eventId()))
                .add(PgBinaryArray.uuids(rows, r -> r.info().endpointId()))
                .add(PgBinaryArray.uuids(rows, r -> r.info().jobId()))
                .add(PgBinaryArray.texts(rows, r -> r.info().eventName()))
                .add(PgBinaryArray.booleans(rows, DeliveryRow::isTest))
                .add(PgBinaryArray.texts(rows, DeliveryRow::status))
                .add(PgBinaryArray.texts(rows, DeliveryRow::skipReason))
                .add(PgBinaryArray.ints(rows, r -> r.state().scheduleStep()))
                .add(PgBinaryArray.ints(rows, r -> r.state().attempts()))
                .add(PgBinaryArray.timestamps(rows, r -> r.state().endedAt())));
  }

  static void updateEnded(Connection c, List<DeliveryRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        UPDATE_ENDED,
        p ->
            p.add(PgBinaryArray.longs(rows, r -> r.key().companyId()))
                .add(PgBinaryArray.uuids(rows, r -> r.key().id()))
                .add(PgBinaryArray.texts(rows, DeliveryRow::status))
                .add(PgBinaryArray.texts(rows, DeliveryRow::skipReason))
                .add(PgBinaryArray.ints(rows, r -> r.state().attempts()))
                .add(PgBinaryArray.timestamps(rows, r -> r.state().endedAt())));
  }

  static @Nullable String wireNameOrNull(@Nullable SkipReason reason) {
    return reason == null ? null : reason.wireName();
  }

  private static void bindKeys(ParameterBinder binder, List<DeliveryKey> keys) throws SQLException {
    binder
        .add(PgBinaryArray.longs(keys, DeliveryKey::companyId))
        .add(PgBinaryArray.uuids(keys, DeliveryKey::id));
  }

  private static List<DeliveryKey> inLockOrder(Collection<DeliveryKey> keys) {
    return keys.stream().sorted(DeliveryKey.LOCK_ORDER).toList();
  }
}
