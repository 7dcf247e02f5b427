package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
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
final class DeliveryScan {

  /// What each statement answers: how many rows it looked at, the last of them, and those that fit.
  private static final String SELECT_RESULT =
      """
      select (select count(*) from scanned) as scanned,
             (select id from scanned order by id limit 1) as last_id,
             array(select id from scanned where matches order by id desc limit :limit) as ids
      """;

  /// Rows that somebody sends again by hand (`manual`) are ended ones, too, and come with them;
  /// except for who looks for what is being delivered.
  private static final String OPEN =
      """
      with scanned as materialized (
        select id,
               (:endpoint::uuid is null or endpoint_id = :endpoint::uuid)
                 and (:event::text is null or event_name = :event::text)
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
      """
          + SELECT_RESULT;

  private static final String ENDED_MATCHES =
      """
      with scanned as materialized (
        select id,
               (:event::text is null or event_name = :event::text)
                 and (:status::text is null or status = :status) as matches
        from delivery
        where id >= :first and id < :before
      """;

  private static final String NEWEST_FIRST =
      """
        order by id desc
        limit :max_rows
      )
      """
          + SELECT_RESULT;

  private static final String ENDED = ENDED_MATCHES + "and company_id = :company\n" + NEWEST_FIRST;

  private static final String UNSUCCESSFUL =
      ENDED_MATCHES + "and company_id = :company and status <> 'delivered'\n" + NEWEST_FIRST;

  private static final String ATTEMPTED =
      ENDED_MATCHES
          + """
          and endpoint_id = :endpoint and company_id = :company
          and status <> 'skipped' and not test
          """
          + NEWEST_FIRST;

  private static final String NOT_ATTEMPTED =
      ENDED_MATCHES
          + """
          and endpoint_id = :endpoint and company_id = :company
          and (status = 'skipped' or test)
          """
          + NEWEST_FIRST;

  private static final int MAX_BATCH_SIZE = 20_000;
  private static final int BATCH_GROWTH = 8;

  private static final Set<DeliveryStatus> OPEN_STATUSES =
      Set.of(DeliveryStatus.PENDING, DeliveryStatus.DELIVERING, DeliveryStatus.RETRYING);

  private final Handle handle;
  private final DeliveryFilter filter;
  private final int limit;
  private final int maxScanned;

  /// @param maxScanned rows along one index that are looked at
  DeliveryScan(Handle handle, DeliveryFilter filter, int limit, int maxScanned) {
    this.handle = handle;
    this.filter = filter;
    this.limit = limit;
    this.maxScanned = maxScanned;
  }

  /// What was found.
  ///
  /// @param ids newest first, at most as many as asked for
  /// @param next the walk goes on below this id; null if it is at its end
  record ScanResult(List<UUID> ids, @Nullable UUID next) {}

  /// @param completeDownTo above and at which nothing is missing; null if nothing is missing at all
  private record IndexScan(List<UUID> ids, @Nullable UUID completeDownTo) {}

  ScanResult findBelow(UUID before) {
    TreeSet<UUID> all = new TreeSet<>(UuidV7.ORDER);
    UUID completeDownTo = null;
    // Open ones first: one that ends meanwhile is then seen twice rather than never.
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
      statements.add(OPEN);
    }
    if (status == null || !OPEN_STATUSES.contains(status)) {
      statements.addAll(endedStatements(status));
    }
    return statements;
  }

  private List<String> endedStatements(@Nullable DeliveryStatus status) {
    if (filter.endpointId() != null) {
      return List.of(ATTEMPTED, NOT_ATTEMPTED);
    }
    return List.of(status == null || status == DeliveryStatus.DELIVERED ? ENDED : UNSUCCESSFUL);
  }

  private IndexScan scanIndex(String statement, UUID before) {
    List<UUID> found = new ArrayList<>();
    UUID from = before;
    int scanned = 0;
    for (int maxBatch = limit + 1;
        scanned < maxScanned;
        maxBatch = Math.min(MAX_BATCH_SIZE, maxBatch * BATCH_GROWTH)) {
      int batchSize = Math.min(maxBatch, maxScanned - scanned);
      Batch batch = readBatch(statement, from, batchSize);
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

  /// @param lastId the oldest one seen; null if none was
  private record Batch(int scanned, @Nullable UUID lastId, List<UUID> ids) {}

  private Batch readBatch(String statement, UUID before, int maxBatch) {
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
            .bind("event", filter.eventName())
            .bind("status", filter.status() == null ? null : filter.status().wireName());
    return query
        .map((row, _) ->
            new Batch(
                row.getInt("scanned"),
                row.getObject("last_id", UUID.class),
                ColumnValues.uuidArray(row, "ids")))
        .one();
  }
}
