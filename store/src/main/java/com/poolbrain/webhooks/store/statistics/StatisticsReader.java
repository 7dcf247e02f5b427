package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.domain.statistics.DeliveryCounts;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics.Bucket;
import com.poolbrain.webhooks.domain.statistics.ResponseTimes;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads statistics. They lag behind the log by at most the five seconds after which nodes write.
public final class StatisticsReader {

  private static final String ROWS =
      """
      from delivery_statistics
      where company_id = :company and slot >= :from and slot < :to
      """;

  private static final String OF_ENDPOINT = "  and endpoint_id = :endpoint\n";

  /// One row for each bucket, event and result.
  private static final String COUNTS =
      """
      select bucket, event_name, result, sum(attempts) as attempts,
        sum(failed_attempts) as failed_attempts, sum(delivered) as delivered,
        sum(after_retry) as after_retry, sum(permanently_failed) as permanently_failed,
        sum(skipped) as skipped, sum(items)::bigint as items
      from (
        select *, date_bin(make_interval(secs => :seconds), slot, :from) as bucket
      """
          + ROWS
          + "%s"
          + """
              and event_name <> ''
          ) as rows
          group by grouping sets ((bucket), (event_name), (result))
          """;

  /// One row for each endpoint and bucket.
  private static final String COUNTS_BY_ENDPOINT =
      """
      select endpoint_id, date_bin(make_interval(secs => :seconds), slot, :from) as bucket,
        sum(failed_attempts) as failed_attempts, sum(delivered) as delivered,
        sum(after_retry) as after_retry, sum(permanently_failed) as permanently_failed,
        sum(skipped) as skipped, sum(items)::bigint as items
      """
          + ROWS
          + """
              and event_name <> ''
          group by 1, 2
          """;

  private static final String TIMES =
      """
      select date_bin(make_interval(secs => :seconds), slot, :from) as bucket, t.time_bucket,
        sum(t.n) as n
      from (select slot, time_buckets, time_counts
      """
          + ROWS
          + "%s"
          + """
              and event_name = ''
          ) as rows
          cross join lateral unnest(time_buckets, time_counts) as t (time_bucket, n)
          group by 1, 2
          """;

  private final Transactions transactions;

  /// @param transactions with a statement timeout of a few seconds
  public StatisticsReader(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Statistics of an endpoint, or of all endpoints of a company.
  ///
  /// @param endpointId null for all
  public DeliveryStatistics read(
      long companyId, @Nullable UUID endpointId, StatisticsWindow window, Instant now) {
    Sums sums = new Sums();
    transactions.read(connection -> {
      Handle handle = Jdbi.open(connection);
      query(handle, COUNTS, companyId, endpointId, window, now)
          .map((row, _) -> sums.addCounts(row))
          .list();
      query(handle, TIMES, companyId, endpointId, window, now)
          .map((row, _) -> sums.addTimes(row))
          .list();
      return sums;
    });
    return sums.toStatistics(window, now);
  }

  /// The counts of each bucket, the oldest first, by endpoint of a company. Endpoints without any
  /// are left out.
  public Map<UUID, List<DeliveryCounts>> readByEndpoint(
      long companyId, StatisticsWindow window, Instant now) {
    Map<UUID, DeliveryCounts[]> found = new HashMap<>();
    Instant start = window.start(now);
    transactions.read(connection ->
        query(Jdbi.open(connection), COUNTS_BY_ENDPOINT, companyId, null, window, now)
            .map((row, _) -> {
              Duration age = Duration.between(start, ColumnValues.instant(row, "bucket"));
              found
                      .computeIfAbsent(ColumnValues.uuid(row, "endpoint_id"), _ -> none(window))[
                      (int) age.dividedBy(window.bucketLength())] =
                  deliveryCounts(row);
              return row;
            })
            .list());
    Map<UUID, List<DeliveryCounts>> counts = HashMap.newHashMap(found.size());
    found.forEach((endpoint, ofBuckets) -> counts.put(endpoint, List.of(ofBuckets)));
    return counts;
  }

  private static DeliveryCounts[] none(StatisticsWindow window) {
    DeliveryCounts[] counts = new DeliveryCounts[window.buckets()];
    Arrays.fill(counts, DeliveryCounts.NONE);
    return counts;
  }

  private static DeliveryCounts deliveryCounts(ResultSet row) throws SQLException {
    return new DeliveryCounts(
        row.getLong("delivered"),
        row.getLong("after_retry"),
        row.getLong("failed_attempts"),
        row.getLong("permanently_failed"),
        row.getLong("skipped"),
        row.getLong("items"));
  }

  private static Query query(
      Handle handle,
      String sql,
      long companyId,
      @Nullable UUID endpointId,
      StatisticsWindow window,
      Instant now) {
    Query query =
        handle
            .createQuery(sql.formatted(endpointId == null ? "" : OF_ENDPOINT))
            .bind("company", companyId)
            .bind("from", window.start(now))
            .bind("to", window.end(now))
            .bind("seconds", window.bucketLength().toSeconds());
    return endpointId == null ? query : query.bind("endpoint", endpointId);
  }

  /// What the rows add up to.
  private static final class Sums {

    private final Map<Instant, DeliveryCounts> counts = new HashMap<>();
    private final Map<Instant, Map<Integer, Long>> times = new HashMap<>();
    private final Map<String, Long> byResult = new TreeMap<>();
    private final Map<String, Long> byEvent = new TreeMap<>();

    Sums addCounts(ResultSet row) throws SQLException {
      Instant bucket = ColumnValues.instantOrNull(row, "bucket");
      String event = row.getString("event_name");
      if (bucket != null) {
        counts.put(bucket, deliveryCounts(row));
      } else if (event != null) {
        put(
            byEvent,
            event,
            row.getLong("delivered") + row.getLong("permanently_failed") + row.getLong("skipped"));
      } else {
        put(byResult, row.getString("result"), row.getLong("attempts"));
      }
      return this;
    }

    private static void put(Map<String, Long> sums, String key, long count) {
      if (count != 0) {
        sums.put(key, count);
      }
    }

    Sums addTimes(ResultSet row) throws SQLException {
      times
          .computeIfAbsent(ColumnValues.instant(row, "bucket"), _ -> new TreeMap<>())
          .put(row.getInt("time_bucket"), row.getLong("n"));
      return this;
    }

    DeliveryStatistics toStatistics(StatisticsWindow window, Instant now) {
      List<Bucket> buckets = new ArrayList<>(window.buckets());
      ResponseTimes all = ResponseTimes.NONE;
      Instant start = window.start(now);
      for (int i = 0; i < window.buckets(); i++) {
        ResponseTimes ofBucket = new ResponseTimes(times.getOrDefault(start, Map.of()));
        buckets.add(new Bucket(start, counts.getOrDefault(start, DeliveryCounts.NONE), ofBucket));
        all = all.plus(ofBucket);
        start = start.plus(window.bucketLength());
      }
      return new DeliveryStatistics(
          window, window.start(now), window.end(now), buckets, byResult, byEvent, all);
    }
  }
}
