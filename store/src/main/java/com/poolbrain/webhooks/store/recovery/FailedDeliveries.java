package com.poolbrain.webhooks.store.recovery;

import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.job.JobKind;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.recovery.Candidates.Candidate;
import com.poolbrain.webhooks.store.recovery.JobTarget.Active;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds the permanently failed deliveries of an endpoint, of types that it still subscribes.
final class FailedDeliveries implements CandidateScan {

  /// Deliveries that ended without success are few; the index of the company contains only them.
  private static final String SCAN =
      """
      with scanned as materialized (
        select id, event_id, endpoint_id, event_name, status, test from delivery
        where company_id = :company and id > :after and id < :before and status <> 'delivered'
        order by id
        limit :maxScanned
      )
      select
        (select count(*) from scanned) as scanned,
        (select id from scanned order by id desc limit 1) as last_id,
        coalesce(array_agg(found.id order by found.id), '{}') as ids,
        coalesce(array_agg(found.event_id order by found.id), '{}') as event_ids
      from (
        select id, event_id from scanned
        where endpoint_id = :endpoint and status = 'permanently_failed' and not test
          and event_name = any(:names)
          and not exists (
            select from event where event.id = scanned.event_id and erased_at is not null)
        order by id
        limit :limit) as found
      """;

  /// A small step of a slow job should not read much.
  private static final int MIN_SCANNED = 2_000;

  private static final int MAX_SCANNED = 20_000;
  private static final int SCANNED_PER_FOUND = 20;

  private final Function<String, @Nullable EventType> eventTypes;

  /// @param eventTypes event types by any of their names, null for an unknown name
  FailedDeliveries(Function<String, @Nullable EventType> eventTypes) {
    this.eventTypes = eventTypes;
  }

  @Override
  public JobKind kind() {
    return JobKind.RECOVER;
  }

  @Override
  public Candidates scan(Handle handle, Active target, UUID after, UUID before, int limit) {
    int maxScanned = Math.clamp((long) limit * SCANNED_PER_FOUND, MIN_SCANNED, MAX_SCANNED);
    return handle
        .createQuery(SCAN)
        .bind("company", target.companyId())
        .bind("endpoint", target.endpointId())
        .bind("after", after)
        .bind("before", before)
        .bind("maxScanned", maxScanned)
        .bind("limit", limit)
        .bind("names", ColumnValues.textArray(target.subscription().allNames(eventTypes)))
        .map((row, _) -> {
          List<UUID> ids = ColumnValues.uuidArray(row, "ids");
          List<UUID> eventIds = ColumnValues.uuidArray(row, "event_ids");
          List<Candidate> found = new ArrayList<>();
          for (int i = 0; i < ids.size(); i++) {
            found.add(new Candidate.EndedDelivery(ids.get(i), ids.get(i), eventIds.get(i)));
          }
          UUID lastId = ColumnValues.uuidOrNull(row, "last_id");
          return ids.size() == limit
              ? new Candidates(found, ids.getLast(), false)
              : new Candidates(
                  found, lastId == null ? after : lastId, row.getInt("scanned") < maxScanned);
        })
        .one();
  }
}
