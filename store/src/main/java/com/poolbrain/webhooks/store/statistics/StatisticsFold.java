package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Folds old slots of `delivery_statistics` into hours, and deletes old hours. One node at a time
/// does so, a bounded number of rows in each transaction.
final class StatisticsFold {

  /// How long slots are kept.
  static final Duration SLOT_RETENTION = Duration.ofDays(2);

  /// How long hours are kept at least.
  static final Duration MIN_HOUR_RETENTION = Duration.ofDays(31);

  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(7305808869231650)";

  private static final String FOLD =
      """
      with moved as (
        delete from delivery_statistics where ctid = any (array(
          select ctid from delivery_statistics
          where writer <> '00000000-0000-0000-0000-000000000000' and slot < :before
          order by slot
          limit :limit
          for update skip locked))
        returning *, date_trunc('hour', slot, 'UTC') as hour
      ), times as (
        select endpoint_id, hour, array_agg(bucket order by bucket) as time_buckets,
          array_agg(n order by bucket) as time_counts
        from (
          select endpoint_id, hour, t.bucket, sum(t.n)::integer as n
          from moved cross join lateral unnest(time_buckets, time_counts) as t (bucket, n)
          group by endpoint_id, hour, t.bucket
        ) as summed
        group by endpoint_id, hour
      ), folded as (
        insert into delivery_statistics as s (company_id, endpoint_id, slot, event_name, result,
          writer, attempts, failed_attempts, delivered, after_retry, permanently_failed, skipped,
          items, time_buckets, time_counts)
        select c.company_id, c.endpoint_id, c.hour, c.event_name, c.result,
          '00000000-0000-0000-0000-000000000000', c.attempts, c.failed_attempts, c.delivered,
          c.after_retry, c.permanently_failed, c.skipped, c.items, t.time_buckets, t.time_counts
        from (
          select company_id, endpoint_id, hour, event_name, result,
            sum(attempts)::integer as attempts, sum(failed_attempts)::integer as failed_attempts,
            sum(delivered)::integer as delivered, sum(after_retry)::integer as after_retry,
            sum(permanently_failed)::integer as permanently_failed,
            sum(skipped)::integer as skipped, sum(items)::bigint as items
          from moved
          group by company_id, endpoint_id, hour, event_name, result
        ) as c
        left join times as t
          on t.endpoint_id = c.endpoint_id and t.hour = c.hour and c.event_name = ''
      """
          + StatisticsTable.ADD_TO_EXISTING
          + """
          )
          select count(*) from moved
          """;

  private static final String DELETE_HOURS =
      """
      delete from delivery_statistics where ctid = any (array(
        select ctid from delivery_statistics
        where writer = '00000000-0000-0000-0000-000000000000' and slot < :before
        limit :limit))
      """;

  private static final String DELETE_WRITERS =
      """
      delete from statistics_writer where written_at < now() - interval '2 days'
      """;

  private static final int BATCH_SIZE = 5_000;

  private final Transactions transactions;
  private final Duration hourRetention;

  /// @param retention of deliveries
  StatisticsFold(Transactions transactions, Duration retention) {
    this.transactions = transactions;
    this.hourRetention =
        retention.compareTo(MIN_HOUR_RETENTION) > 0 ? retention : MIN_HOUR_RETENTION;
  }

  /// Returns whether there may be more to do.
  boolean run(Instant now) {
    return transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      if (!handle.createQuery(TRY_LOCK).mapTo(Boolean.class).one()) {
        return false;
      }
      long folded =
          handle
              .createQuery(FOLD)
              .bind("before", now.minus(SLOT_RETENTION).truncatedTo(ChronoUnit.HOURS))
              .bind("limit", BATCH_SIZE)
              .mapTo(Long.class)
              .one();
      int deleted =
          handle
              .createUpdate(DELETE_HOURS)
              .bind("before", now.minus(hourRetention).truncatedTo(ChronoUnit.DAYS))
              .bind("limit", BATCH_SIZE)
              .execute();
      handle.createUpdate(DELETE_WRITERS).execute();
      return folded == BATCH_SIZE || deleted == BATCH_SIZE;
    });
  }
}
