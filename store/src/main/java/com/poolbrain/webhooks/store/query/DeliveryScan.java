package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.query.ResultFilter.AnyFailure;
import com.poolbrain.webhooks.store.query.ResultFilter.OfErrorClass;
import com.poolbrain.webhooks.store.query.ResultFilter.StatusRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Finds the ids of the deliveries that match a filter, newest first, by index scans.
///
/// Open and ended deliveries are in different tables, so the results of several scans are merged.
/// The number of scanned rows is limited. If the limit is reached, the result says where to
/// continue.
final class DeliveryScan {

  /// The condition on the last attempt. That of most deliveries is inline; rows of `attempt` are
  /// read only if there are others.
  private static final String LAST_ATTEMPT_MATCHES =
      """
      case when s.attempt_count = s.is_inline::integer then
        (:status_min::integer is null or s.status_code between :status_min and :status_max)
          and (:error::text is null or s.error = :error)
          and (not :failed or s.error is not null)
          and (:trigger::text is null or s.trigger = :trigger)
      else (
        select (:status_min::integer is null or l.status_code between :status_min and :status_max)
               and (:error::text is null or l.error = :error)
               and (not :failed or l.error is not null)
               and (:trigger::text is null or coalesce(l.trigger, s.trigger) = :trigger)
        from (select 1) as one
        left join lateral (
          (select number, status_code, error, trigger from attempt
           where delivery_id = s.id and delivery_id >= :first and delivery_id < :before
           order by number desc, started_at desc limit 1)
          union all
          (select 0, s.status_code, s.error, s.trigger where s.is_inline)
          order by number desc limit 1) as l on true)
      end
      """;

  /// The condition on the number of items, which only the event has.
  private static final String GROUPING_MATCHES =
      """
      (select items > 1 from event where event.id = s.event_id) = :grouped
      """;

  /// Reopened deliveries (`manual`) have ended too and are found there, unless the filter asks for
  /// deliveries that are being delivered.
  private static final String SCAN_OPEN =
      """
      with scanned as materialized (
        select id, event_id, attempt_count, false as is_inline, null::integer as status_code,
               null as error, trigger,
               (:endpoint::uuid is null or endpoint_id = :endpoint::uuid)
                 and (:events::text[] = '{}' or event_name = any (:events::text[]))
                 and (:status::text is null
                      or :status = 'pending' and schedule_step = 0
                      or :status = 'retrying' and schedule_step > 0
                      or :status = 'delivering' and owner is not null) as matches
        from open_delivery
        where company_id = :company and id >= :first and id < :before
          and (trigger <> 'manual' or :status = 'delivering')
        order by id desc
        limit :max_rows
      )
      select (select count(*) from scanned) as scanned,
             (select id from scanned order by id limit 1) as last_id,
             array(select id from scanned as s where matches and <filters>
                   order by id desc limit :limit) as ids
      """;

  private static final String SCAN_ALL_ENDED = endedWhere("true");

  private static final String SCAN_NOT_DELIVERED = endedWhere("status <> 'delivered'");

  private static final String SCAN_ATTEMPTED =
      endedWhere("endpoint_id = :endpoint and status <> 'skipped' and not test");

  private static final String SCAN_NOT_ATTEMPTED =
      endedWhere("endpoint_id = :endpoint and (status = 'skipped' or test)");

  private static final int MAX_BATCH_SIZE = 20_000;

  /// Planning a statement over the partitions of many days takes longer than scanning so many rows.
  private static final int MIN_SLOW_BATCH = 1_000;

  private static final int BATCH_GROWTH = 8;

  private static final Set<DeliveryStatus> OPEN_STATUSES =
      Set.of(DeliveryStatus.PENDING, DeliveryStatus.DELIVERING, DeliveryStatus.RETRYING);

  private final Handle handle;
  private final DeliveryFilter filter;
  private final int limit;
  private final int maxScanned;

  /// @param maxScanned the maximum number of rows scanned in one index
  DeliveryScan(Handle handle, DeliveryFilter filter, int limit, int maxScanned) {
    this.handle = handle;
    this.filter = filter;
    this.limit = limit;
    this.maxScanned = maxScanned;
  }

  /// @param condition decides which index is scanned
  private static String endedWhere(String condition) {
    return """
    with scanned as materialized (
      select id, event_id, attempt_count, attempt_id is not null as is_inline, status_code, error,
             coalesce(trigger, case when test then 'test' else 'automatic' end) as trigger,
             (:events::text[] = '{}' or event_name = any (:events::text[]))
               and (:status::text is null or status = :status) as matches
      from delivery
      where company_id = :company and id >= :first and id < :before and %1$s
      order by id desc
      limit :max_rows
    )
    select (select count(*) from scanned) as scanned,
           (select id from scanned order by id limit 1) as last_id,
           array(select id from scanned as s where matches and <filters>
                 order by id desc limit :limit) as ids
    """
        .formatted(condition);
  }

  /// The merged result.
  ///
  /// @param ids at most `limit` ids, newest first
  /// @param next the scan continues below this id; null if it is complete
  record ScanResult(List<UUID> ids, @Nullable UUID next) {}

  /// The result of the scan of one index.
  ///
  /// @param completeDownTo from this id upwards no match is missing; null if no match is missing at
  ///   all
  private record IndexScan(List<UUID> ids, @Nullable UUID completeDownTo) {}

  /// Finds matching deliveries with smaller ids.
  ScanResult findBelow(UUID before) {
    TreeSet<UUID> all = new TreeSet<>(UuidV7.ORDER);
    UUID completeDownTo = null;
    // Open deliveries first: one that ends during the scans is found twice, not missed.
    for (String statement : statements()) {
      IndexScan indexScan = scanIndex(statement, before);
      all.addAll(indexScan.ids());
      if (indexScan.completeDownTo() != null) {
        completeDownTo =
            completeDownTo == null
                ? indexScan.completeDownTo()
                : UuidV7.max(completeDownTo, indexScan.completeDownTo());
      }
    }
    List<UUID> newest = new ArrayList<>();
    for (UUID id : all.descendingSet()) {
      if (newest.size() == limit) {
        return new ScanResult(newest, newest.getLast());
      }
      if (completeDownTo == null || UuidV7.ORDER.compare(id, completeDownTo) >= 0) {
        newest.add(id);
      }
    }
    return new ScanResult(newest, completeDownTo);
  }

  private List<String> statements() {
    List<String> statements = new ArrayList<>();
    DeliveryStatus status = filter.status();
    if (status == null || OPEN_STATUSES.contains(status)) {
      statements.add(SCAN_OPEN);
    }
    if (status == null || !OPEN_STATUSES.contains(status)) {
      statements.addAll(endedStatements(status));
    }
    return statements;
  }

  private List<String> endedStatements(@Nullable DeliveryStatus status) {
    if (filter.endpointId() != null) {
      return List.of(SCAN_ATTEMPTED, SCAN_NOT_ATTEMPTED);
    }
    boolean canBeDelivered = status == null || status == DeliveryStatus.DELIVERED;
    return List.of(canBeDelivered ? SCAN_ALL_ENDED : SCAN_NOT_DELIVERED);
  }

  /// The conditions that are not in the index. A statement without them is planned faster.
  private String slowFilters() {
    List<String> conditions = new ArrayList<>();
    if (filter.result() != null || filter.trigger() != null) {
      conditions.add(LAST_ATTEMPT_MATCHES);
    }
    if (filter.isGrouped() != null) {
      conditions.add(GROUPING_MATCHES);
    }
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  private IndexScan scanIndex(String statement, UUID before) {
    List<UUID> found = new ArrayList<>();
    UUID from = before;
    int scanned = 0;
    String filters = slowFilters();
    boolean isSlow = !filters.equals("true");
    String filtered = statement.replace("<filters>", filters);
    for (int maxBatch = isSlow ? Math.max(MIN_SLOW_BATCH, limit + 1) : limit + 1;
        scanned < maxScanned;
        maxBatch = Math.min(MAX_BATCH_SIZE, maxBatch * BATCH_GROWTH)) {
      int batchSize = Math.min(maxBatch, maxScanned - scanned);
      Batch batch = readBatch(filtered, from, batchSize);
      found.addAll(batch.ids());
      if (found.size() > limit) {
        return new IndexScan(found, found.getLast());
      }
      if (batch.scanned() < batchSize || batch.lastId() == null) {
        return new IndexScan(found, null);
      }
      from = batch.lastId();
      scanned += batchSize;
    }
    return new IndexScan(found, from);
  }

  /// One execution of a scan statement.
  ///
  /// @param lastId the smallest scanned id; null if no row was scanned
  private record Batch(int scanned, @Nullable UUID lastId, List<UUID> ids) {}

  private Batch readBatch(String statement, UUID before, int maxBatch) {
    ResultFilter result = filter.result();
    String error = result instanceof OfErrorClass(var only) ? only.wireName() : null;
    StatusRange byStatus = result instanceof StatusRange range ? range : null;
    Query query =
        handle
            .createQuery(statement)
            .bindMap(
                Map.of(
                    "company",
                    filter.companyId(),
                    "first",
                    filter.minId(),
                    "before",
                    UuidV7.min(before, filter.maxIdExclusive()),
                    "max_rows",
                    maxBatch,
                    "limit",
                    limit + 1))
            .bind("endpoint", filter.endpointId())
            .bind(
                "events",
                ColumnValues.textArray(Objects.requireNonNullElse(filter.eventNames(), List.of())))
            .bind("status", filter.status() == null ? null : filter.status().wireName())
            .bind("status_min", byStatus == null ? null : byStatus.min())
            .bind("status_max", byStatus == null ? null : byStatus.max())
            .bind("error", error)
            .bind("failed", result instanceof AnyFailure)
            .bind("grouped", filter.isGrouped())
            .bind("trigger", filter.trigger() == null ? null : filter.trigger().wireName());
    return query
        .map((row, _) ->
            new Batch(
                row.getInt("scanned"),
                ColumnValues.uuidOrNull(row, "last_id"),
                ColumnValues.uuidArray(row, "ids")))
        .one();
  }
}
