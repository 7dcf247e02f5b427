package com.poolbrain.webhooks.store.log;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.store.internal.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Deliveries as they stand in the database, wherever they are.
final class DeliveryRows {

  /// The joins are lateral and of one row each, so that every id is looked up by key whatever the
  /// planner knows about the partition of today.
  private static final String BY_IDS =
      """
      select k.id, coalesce(d.event_id, o.event_id) as event_id,
             coalesce(d.endpoint_id, o.endpoint_id) as endpoint_id,
             coalesce(d.name, o.name) as name,
             d.status, d.skip_reason,
             coalesce(d.attempt_count, o.attempts) as attempts,
             coalesce(d.test, o.trigger = 'test') as test,
             o.owner, o.step, o.due_at, e.items, e.occurred_at
      from unnest(:ids::uuid[]) as k (id)
      left join lateral (
        select * from due where company_id = :company and due.id = k.id limit 1) as o on true
      left join lateral (
        select * from delivery where company_id = :company and delivery.id = k.id limit 1) as d
        on true
      cross join lateral (
        select items, occurred_at from event
        where event.id = coalesce(d.event_id, o.event_id) limit 1) as e
      """;

  private static final String ATTEMPTS =
      """
      select number, trigger, started_at, duration_us, status_code, error, response_body, late
      from attempt
      where delivery_id = :id and company_id = :company
      union all
      select 1, trigger, started_at, duration_us, status_code, error, response_body, false
      from delivery
      where company_id = :company and id = :id and attempt_id is not null
      order by number, started_at
      """;

  private static final String EVENT =
      """
      select id, company_id, type, occurred_at, items, data from event
      where id = :id and company_id = :company
      """;

  private final Handle handle;
  private final long company;
  private final Running running;

  DeliveryRows(Handle handle, long company, Running running) {
    this.handle = handle;
    this.company = company;
    this.running = running;
  }

  List<LoggedDelivery> deliveries(Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery(BY_IDS)
            .bind("company", company)
            .bind("ids", Rows.uuids(ids))
            .map((row, _) -> delivery(row))
            .list();
  }

  List<LoggedAttempt> attempts(UUID delivery) {
    return handle
        .createQuery(ATTEMPTS)
        .bind("company", company)
        .bind("id", delivery)
        .map((row, _) -> attempt(row))
        .list();
  }

  Event event(UUID id) {
    return handle
        .createQuery(EVENT)
        .bind("company", company)
        .bind("id", id)
        .map((row, _) ->
            new Event(
                id,
                company,
                row.getString("type"),
                Rows.instant(row, "occurred_at"),
                row.getInt("items"),
                row.getBytes("data")))
        .one();
  }

  private LoggedDelivery delivery(ResultSet row) throws SQLException {
    UUID id = Rows.uuid(row, "id");
    DeliveryStatus status = status(row, id);
    String reason = row.getString("skip_reason");
    boolean planned = status == DeliveryStatus.PENDING || status == DeliveryStatus.RETRYING;
    return new LoggedDelivery(
        id,
        Rows.uuid(row, "event_id"),
        company,
        Rows.uuid(row, "endpoint_id"),
        row.getString("name"),
        row.getInt("items"),
        status,
        reason == null || status != DeliveryStatus.SKIPPED ? null : SkipReason.of(reason),
        row.getInt("attempts"),
        Rows.instant(row, "occurred_at"),
        planned ? Rows.instant(row, "due_at") : null,
        row.getBoolean("test"));
  }

  private DeliveryStatus status(ResultSet row, UUID id) throws SQLException {
    UUID owner = row.getObject("owner", UUID.class);
    String ended = row.getString("status");
    if (owner != null && running.running(owner, id)) {
      return DeliveryStatus.DELIVERING;
    }
    if (ended != null) {
      return DeliveryStatus.of(ended);
    }
    return row.getInt("step") == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
  }

  private static LoggedAttempt attempt(ResultSet row) throws SQLException {
    @Nullable String error = row.getString("error");
    return new LoggedAttempt(
        row.getInt("number"),
        Trigger.of(row.getString("trigger")),
        Rows.instant(row, "started_at"),
        Duration.ofNanos(row.getLong("duration_us") * 1_000),
        Rows.integerOrNull(row, "status_code"),
        error == null ? null : ErrorClass.of(error),
        row.getString("response_body"),
        row.getBoolean("late"));
  }
}
