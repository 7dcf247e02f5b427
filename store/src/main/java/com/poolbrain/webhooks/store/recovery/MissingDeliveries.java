package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate;
import com.poolbrain.webhooks.store.recovery.JobTarget.Active;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds the events, of types that an endpoint subscribes now, for which it has no delivery, or one
/// that was skipped because webhooks were off or the endpoint was paused.
///
/// Events have no B-tree by company: it would cost the path of every event. The planner finds the
/// few events of a company among many by the BRIN index of support, and reads those of a company
/// that has many by their ids. A part ends with its day, so that a scan reads one partition.
final class MissingDeliveries implements CandidateScan {

  private static final String FIND_END_OF_PART =
      """
      select id from event where company_id = :company and id > :after and id < :before
      order by id offset :size limit 1
      """;

  /// A test send is an event too, but not one of the business: it is left out. Each part of `made`
  /// is read from an index of its own.
  private static final String FIND_MISSING =
      """
      with wanted as materialized (
        select id, type from event
        where id > :after and id <= :upTo and company_id = :company and type = any(:types)
          and erased_at is null
      ), made as materialized (
        select event_id, id, false as replayable from delivery
        where endpoint_id = :endpoint and id > :after and id < :deliveriesBefore
          and status <> 'skipped' and not test
        union all
        select event_id, id, skip_reason in ('webhooks_off', 'endpoint_paused') from delivery
        where endpoint_id = :endpoint and id > :after and id < :deliveriesBefore
          and status = 'skipped' and not test
        union all
        select event_id, id, false from open_delivery
        where company_id = :company and id > :after and id < :deliveriesBefore
          and endpoint_id = :endpoint and trigger = 'automatic'
      ), tests as materialized (
        select event_id from delivery
        where endpoint_id in (select id from endpoint where company_id = :company)
          and id > :after and id < :deliveriesBefore and test
        union all
        select event_id from open_delivery
        where company_id = :company and id > :after and id < :deliveriesBefore
          and trigger = 'test'
      )
      select wanted.id as event_id, wanted.type, made.id as delivery_id
      from wanted left join made on made.event_id = wanted.id
      where (made.id is null or made.replayable)
        and not exists (select from tests where tests.event_id = wanted.id)
      order by wanted.id
      limit :limit
      """;

  /// Events of the company.
  private static final int PART_SIZE = 5_000;

  /// The id of a delivery is generated soon after that of its event.
  private static final Duration MAX_DELIVERY_ID_DELAY = Duration.ofSeconds(10);

  private final Function<String, @Nullable EventType> eventTypes;

  /// @param eventTypes event types by any of their names, null for an unknown name
  MissingDeliveries(Function<String, @Nullable EventType> eventTypes) {
    this.eventTypes = eventTypes;
  }

  @Override
  public JobKind kind() {
    return JobKind.REPLAY_MISSING;
  }

  @Override
  public Candidates scan(Handle handle, Active target, UUID after, UUID before, int limit) {
    UUID endOfDay = UuidV7.min(endOfDay(after), before);
    UUID endOfPart =
        handle
            .createQuery(FIND_END_OF_PART)
            .bind("company", target.companyId())
            .bind("after", after)
            .bind("before", endOfDay)
            .bind("size", PART_SIZE - 1)
            .mapTo(UUID.class)
            .findOne()
            .orElse(null);
    UUID upTo = endOfPart == null ? endOfDay : endOfPart;
    List<Candidate> found = find(handle, target, after, upTo, limit);
    return found.size() == limit
        ? new Candidates(found, found.getLast().position(), false)
        : new Candidates(found, upTo, upTo.equals(before));
  }

  /// The first id of the next day (UTC).
  private static UUID endOfDay(UUID id) {
    Instant day = UuidV7.instantOf(id).truncatedTo(ChronoUnit.DAYS);
    return UuidV7.lowerBound(day.plus(Duration.ofDays(1)));
  }

  private List<Candidate> find(Handle handle, Active target, UUID after, UUID upTo, int limit) {
    Map<String, String> names = target.subscription().namesByType(eventTypes);
    UUID deliveriesBefore = UuidV7.lowerBound(UuidV7.instantOf(upTo).plus(MAX_DELIVERY_ID_DELAY));
    return handle
        .createQuery(FIND_MISSING)
        .bind("company", target.companyId())
        .bind("endpoint", target.endpointId())
        .bind("types", ColumnValues.textArray(names.keySet()))
        .bind("after", after)
        .bind("upTo", upTo)
        .bind("deliveriesBefore", deliveriesBefore)
        .bind("limit", limit)
        .map((row, _) -> fromRow(row, names))
        .list();
  }

  private static Candidate fromRow(ResultSet row, Map<String, String> names) throws SQLException {
    UUID eventId = ColumnValues.uuid(row, "event_id");
    UUID deliveryId = ColumnValues.uuidOrNull(row, "delivery_id");
    return deliveryId == null
        ? new Candidate.MissingDelivery(
            eventId, Objects.requireNonNull(names.get(row.getString("type"))))
        : new Candidate.EndedDelivery(eventId, deliveryId, eventId);
  }
}
