package com.poolbrain.webhooks.store.log;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.store.internal.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Walks down the ids of a company's deliveries along an index, and picks those that fit a filter.
///
/// Open and ended ones are in different tables, so both are walked and merged. One that is rare
/// among many is not looked for endlessly: then the answer says how far the walk came.
final class Scan {

  /// What each statement answers: how many rows it looked at, the last of them, and those that fit.
  private static final String ANSWER =
      """
      select (select count(*) from seen) as seen,
             (select id from seen order by id limit 1) as last,
             array(select id from seen where fits order by id desc limit :limit) as ids
      """;

  /// Rows that somebody sends again by hand (`manual`) are ended ones, too, and come with them;
  /// except for who looks for what is being delivered.
  private static final String OPEN =
      """
      with seen as materialized (
        select id,
               (:endpoint::uuid is null or endpoint_id = :endpoint::uuid)
                 and (:event::text is null or name = :event::text)
                 and (:status::text is null
                      or :status = 'pending' and step = 0
                      or :status = 'retrying' and step > 0
                      or :status = 'delivering' and owner is not null) as fits
        from due
        where company_id = :company and id >= :first and id < :before
          and (trigger <> 'manual' or :status = 'delivering')
        order by id desc
        limit :most
      )
      """
          + ANSWER;

  private static final String ENDED_FITS =
      """
      with seen as materialized (
        select id,
               (:event::text is null or name = :event::text)
                 and (:status::text is null or status = :status) as fits
        from delivery
        where id >= :first and id < :before
      """;

  private static final String NEWEST_OF_THEM =
      """
        order by id desc
        limit :most
      )
      """
          + ANSWER;

  private static final String ENDED = ENDED_FITS + "and company_id = :company\n" + NEWEST_OF_THEM;

  private static final String UNSUCCESSFUL =
      ENDED_FITS + "and company_id = :company and status <> 'delivered'\n" + NEWEST_OF_THEM;

  private static final String TRIED =
      ENDED_FITS
          + """
          and endpoint_id = :endpoint and company_id = :company
          and status <> 'skipped' and not test
          """
          + NEWEST_OF_THEM;

  private static final String UNTRIED =
      ENDED_FITS
          + """
          and endpoint_id = :endpoint and company_id = :company
          and (status = 'skipped' or test)
          """
          + NEWEST_OF_THEM;

  private static final int WIDEST = 20_000;
  private static final int WIDER = 8;

  private static final Set<DeliveryStatus> OPEN_ONES =
      Set.of(DeliveryStatus.PENDING, DeliveryStatus.DELIVERING, DeliveryStatus.RETRYING);

  private final Handle handle;
  private final DeliveryFilter filter;
  private final int limit;
  private final int furthest;

  /// @param furthest rows along one index that are looked at
  Scan(Handle handle, DeliveryFilter filter, int limit, int furthest) {
    this.handle = handle;
    this.filter = filter;
    this.limit = limit;
    this.furthest = furthest;
  }

  /// What was found.
  ///
  /// @param ids newest first, at most as many as asked for
  /// @param next the walk goes on below this id; null if it is at its end
  record Found(List<UUID> ids, @Nullable UUID next) {}

  /// @param horizon above and at which nothing is missing; null if nothing is missing at all
  private record Walked(List<UUID> ids, @Nullable UUID horizon) {}

  Found below(UUID before) {
    TreeSet<UUID> all = new TreeSet<>(IdOrder::compare);
    UUID horizon = null;
    // Open ones first: one that ends meanwhile is then seen twice rather than never.
    for (String statement : statements()) {
      Walked walked = walk(statement, before);
      all.addAll(walked.ids());
      if (walked.horizon() != null) {
        horizon = horizon == null ? walked.horizon() : IdOrder.later(horizon, walked.horizon());
      }
    }
    List<UUID> newest = new ArrayList<>();
    for (UUID id : all.descendingSet()) {
      if (newest.size() == limit) {
        return new Found(newest, newest.getLast());
      }
      if (horizon == null || IdOrder.compare(id, horizon) >= 0) {
        newest.add(id);
      }
    }
    return new Found(newest, horizon);
  }

  private List<String> statements() {
    List<String> statements = new ArrayList<>();
    DeliveryStatus status = filter.status();
    if (status == null || OPEN_ONES.contains(status)) {
      statements.add(OPEN);
    }
    if (status == null || !OPEN_ONES.contains(status)) {
      statements.addAll(ended(status));
    }
    return statements;
  }

  private List<String> ended(@Nullable DeliveryStatus status) {
    if (filter.endpointId() != null) {
      return List.of(TRIED, UNTRIED);
    }
    return List.of(status == null || status == DeliveryStatus.DELIVERED ? ENDED : UNSUCCESSFUL);
  }

  private Walked walk(String statement, UUID before) {
    List<UUID> found = new ArrayList<>();
    UUID from = before;
    int seen = 0;
    for (int most = limit + 1; seen < furthest; most = Math.min(WIDEST, most * WIDER)) {
      int stride = Math.min(most, furthest - seen);
      Stride made = stride(statement, from, stride);
      found.addAll(made.ids());
      if (found.size() > limit) {
        return new Walked(found, found.getLast());
      }
      if (made.seen() < stride || made.last() == null) {
        return new Walked(found, null);
      }
      from = made.last();
      seen += stride;
    }
    return new Walked(found, from);
  }

  /// @param last the oldest one seen; null if none was
  private record Stride(int seen, @Nullable UUID last, List<UUID> ids) {}

  private Stride stride(String statement, UUID before, int most) {
    Query query =
        handle
            .createQuery(statement)
            .bindMap(
                Map.of(
                    "company",
                    filter.companyId(),
                    "first",
                    filter.first(),
                    "before",
                    IdOrder.earlier(before, filter.end()),
                    "most",
                    most,
                    "limit",
                    limit + 1))
            .bind("endpoint", filter.endpointId())
            .bind("event", filter.event())
            .bind("status", filter.status() == null ? null : filter.status().word());
    return query
        .map((row, _) ->
            new Stride(
                row.getInt("seen"), row.getObject("last", UUID.class), Rows.uuids(row, "ids")))
        .one();
  }
}
