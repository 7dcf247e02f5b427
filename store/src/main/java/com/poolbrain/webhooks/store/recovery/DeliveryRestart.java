package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.domain.job.LaterDeliveryId;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted;
import com.poolbrain.webhooks.engine.ledger.DeliveriesRestarted.RestartedDelivery;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate.EndedDelivery;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate.MissingDelivery;
import com.poolbrain.webhooks.store.recovery.JobTarget.Active;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Makes deliveries open, due now and without an owner, in the transaction of a step: moves ended
/// ones back, and inserts missing ones.
final class DeliveryRestart {

  /// Locks the events whose content was not erased since the scan. An erasure locks its events too,
  /// before their deliveries: it waits for this step, and then finds what the step made.
  private static final String LOCK_EVENTS =
      """
      select e.id
      from unnest(:ids::uuid[]) as k (id)
      cross join lateral (
        select id from event where event.id = k.id and erased_at is null for key share) as e
      """;

  /// Locks the deliveries that still are what the job is for. One that was delivered meanwhile is
  /// left alone. Rows are locked in the order of the primary key, as everywhere.
  private static final String LOCK_ENDED =
      """
      select d.id
      from unnest(:ids::uuid[]) as k (id)
      cross join lateral (
        select id from delivery
        where delivery.company_id = :company and delivery.id = k.id
          and (status = 'permanently_failed') = :failed
          and (status = 'permanently_failed'
            or skip_reason in ('webhooks_off', 'endpoint_paused'))
        for update) as d
      """;

  /// Ended deliveries that are open for a manual attempt.
  private static final String FIND_REOPENED =
      """
      select id from open_delivery where company_id = :company and id = any(:ids::uuid[])
      """;

  private static final String MOVE_BACK =
      """
      with removed as (
        delete from delivery
        where company_id = :company and id >= :first and id <= :last and id = any(:ids::uuid[])
        returning *
      ), inline_attempts as (
        insert into attempt (company_id, delivery_id, id, number, late, trigger, started_at,
          duration_us, status_code, error, response_body)
        select company_id, id, attempt_id, 1, false, trigger, started_at, duration_us, status_code,
          error, response_body
        from removed where attempt_id is not null
      ), opened as (
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, job_id, event_name, trigger)
        select company_id, now(), 0, attempt_count, id, event_id, endpoint_id, :job, event_name,
          'automatic'
        from removed order by id
      )
      select id, event_name, status from removed
      """;

  private static final String INSERT_MISSING =
      """
      insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
        endpoint_id, job_id, event_name, trigger)
      select :company, now(), 0, 0, k.id, k.event_id, :endpoint, :job, k.event_name, 'automatic'
      from unnest(:ids::uuid[], :events::uuid[], :names::text[]) as k (id, event_id, event_name)
      order by k.id
      on conflict do nothing
      returning id, event_name, null as status
      """;

  private final Handle handle;
  private final Active target;
  private final UUID jobId;

  DeliveryRestart(Handle handle, Active target, UUID jobId) {
    this.handle = handle;
    this.target = target;
    this.jobId = jobId;
  }

  UUID jobId() {
    return jobId;
  }

  /// Says what was restarted.
  DeliveriesRestarted toEvent(List<RestartedDelivery> restarted) {
    return new DeliveriesRestarted(target.companyId(), target.endpointId(), restarted);
  }

  /// Locks the events of these deliveries, save for those whose content was erased.
  Set<UUID> lockEvents(List<Candidate> candidates) {
    List<UUID> ids =
        candidates.stream().map(Candidate::eventId).distinct().sorted(UuidV7.ORDER).toList();
    return ids.isEmpty()
        ? Set.of()
        : new HashSet<>(
            handle
                .createQuery(LOCK_EVENTS)
                .bind("ids", ColumnValues.uuidArray(ids))
                .mapTo(UUID.class)
                .list());
  }

  /// Locks those of the ended deliveries that the job may move.
  Set<UUID> lockEnded(JobKind kind, List<EndedDelivery> ended) {
    return ended.isEmpty()
        ? Set.of()
        : new HashSet<>(
            handle
                .createQuery(LOCK_ENDED)
                .bind("company", target.companyId())
                .bind("ids", ColumnValues.uuidArray(sortedIds(ended)))
                .bind("failed", kind == JobKind.RECOVER)
                .mapTo(UUID.class)
                .list());
  }

  /// Those of the locked deliveries that have a manual attempt, or wait for one.
  Set<UUID> findReopened(Set<UUID> locked) {
    return locked.isEmpty()
        ? Set.of()
        : new HashSet<>(
            handle
                .createQuery(FIND_REOPENED)
                .bind("company", target.companyId())
                .bind("ids", ColumnValues.uuidArray(locked))
                .mapTo(UUID.class)
                .list());
  }

  /// Moves locked deliveries back, with the whole schedule before them.
  List<RestartedDelivery> moveBack(List<EndedDelivery> ended) {
    if (ended.isEmpty()) {
      return List.of();
    }
    List<UUID> ids = sortedIds(ended);
    return handle
        .createQuery(MOVE_BACK)
        .bind("company", target.companyId())
        .bind("first", ids.getFirst())
        .bind("last", ids.getLast())
        .bind("ids", ColumnValues.uuidArray(ids))
        .bind("job", jobId)
        .map((row, _) -> fromRow(row))
        .list();
  }

  /// Makes the deliveries that were never made.
  List<RestartedDelivery> insert(List<MissingDelivery> missing) {
    if (missing.isEmpty()) {
      return List.of();
    }
    List<UUID> ids =
        missing.stream()
            .map(delivery -> LaterDeliveryId.of(delivery.eventId(), target.endpointId()))
            .toList();
    return handle
        .createQuery(INSERT_MISSING)
        .bind("company", target.companyId())
        .bind("endpoint", target.endpointId())
        .bind("job", jobId)
        .bind("ids", ColumnValues.uuidArray(ids))
        .bind(
            "events",
            ColumnValues.uuidArray(missing.stream().map(MissingDelivery::eventId).toList()))
        .bind(
            "names",
            ColumnValues.textArray(missing.stream().map(MissingDelivery::eventName).toList()))
        .map((row, _) -> fromRow(row))
        .list();
  }

  private static RestartedDelivery fromRow(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new RestartedDelivery(
        ColumnValues.uuid(row, "id"),
        row.getString("event_name"),
        status == null ? null : DeliveryStatus.fromWireName(status));
  }

  private static List<UUID> sortedIds(List<EndedDelivery> ended) {
    return ended.stream().map(EndedDelivery::id).sorted(UuidV7.ORDER).toList();
  }
}
