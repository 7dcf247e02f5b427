package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.engine.statistics.CountKey;
import com.poolbrain.webhooks.engine.statistics.Counts;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/// The table `delivery_statistics`, as nodes add to it.
final class StatisticsTable {

  /// Adds to the row of a key, if there is one.
  static final String ADD_TO_EXISTING =
      """
      on conflict (endpoint_id, slot, event_name, result, writer) do update set
        attempts = s.attempts + excluded.attempts,
        failed_attempts = s.failed_attempts + excluded.failed_attempts,
        delivered = s.delivered + excluded.delivered,
        after_retry = s.after_retry + excluded.after_retry,
        permanently_failed = s.permanently_failed + excluded.permanently_failed,
        skipped = s.skipped + excluded.skipped,
        items = s.items + excluded.items,
        (time_buckets, time_counts) = (
          select array_agg(bucket order by bucket), array_agg(n order by bucket)
          from (
            select bucket, sum(n)::integer as n
            from (
              select unnest(s.time_buckets), unnest(s.time_counts)
              union all
              select unnest(excluded.time_buckets), unnest(excluded.time_counts)
            ) as both_rows (bucket, n)
            group by bucket
          ) as summed)
      """;

  private static final String ADD =
      """
      insert into delivery_statistics as s (company_id, endpoint_id, slot, event_name, result,
        writer, attempts, failed_attempts, delivered, after_retry, permanently_failed, skipped,
        items, time_buckets, time_counts)
      select company_id, endpoint_id, slot, event_name, result, :writer, attempts, failed_attempts,
        delivered, after_retry, permanently_failed, skipped, items, time_buckets::smallint[],
        time_counts::integer[]
      from unnest(:companies, :endpoints, :slots, :events, :results, :attempts, :failedAttempts,
        :delivered, :afterRetry, :permanentlyFailed, :skipped, :items, :timeBuckets, :timeCounts)
        as k (company_id, endpoint_id, slot, event_name, result, attempts, failed_attempts,
          delivered, after_retry, permanently_failed, skipped, items, time_buckets, time_counts)
      """
          + ADD_TO_EXISTING;

  private static final String ADVANCE_WRITER =
      """
      insert into statistics_writer as w (writer, last_batch, written_at)
      values (:writer, :batch, now())
      on conflict (writer) do update set last_batch = excluded.last_batch, written_at = now()
        where w.last_batch < excluded.last_batch
      """;

  /// Rows of one statement.
  private static final int CHUNK = 2_000;

  private final Transactions transactions;

  StatisticsTable(Transactions transactions) {
    this.transactions = transactions;
  }

  void add(UUID writer, long batch, Map<CountKey, Counts> counts) {
    List<Entry<CountKey, Counts>> rows = List.copyOf(counts.entrySet());
    transactions.inTransaction(connection -> {
      Handle handle = Jdbi.open(connection);
      boolean isNew =
          handle.createUpdate(ADVANCE_WRITER).bind("writer", writer).bind("batch", batch).execute()
              > 0;
      for (int from = 0; isNew && from < rows.size(); from += CHUNK) {
        add(handle, writer, rows.subList(from, Math.min(from + CHUNK, rows.size())));
      }
      return isNew;
    });
  }

  private static void add(Handle handle, UUID writer, List<Entry<CountKey, Counts>> rows) {
    handle
        .createUpdate(ADD)
        .bind("writer", writer)
        .bind("companies", keys("bigint", rows, CountKey::companyId))
        .bind("endpoints", keys("uuid", rows, CountKey::endpointId))
        .bind("slots", keys("timestamptz", rows, key -> key.slotStart().toString()))
        .bind("events", keys("text", rows, CountKey::event))
        .bind("results", keys("text", rows, CountKey::result))
        .bind("attempts", counts("integer", rows, Counts::attempts))
        .bind("failedAttempts", counts("integer", rows, Counts::failedAttempts))
        .bind("delivered", counts("integer", rows, Counts::delivered))
        .bind("afterRetry", counts("integer", rows, Counts::afterRetry))
        .bind("permanentlyFailed", counts("integer", rows, Counts::permanentlyFailed))
        .bind("skipped", counts("integer", rows, Counts::skipped))
        .bind("items", counts("bigint", rows, Counts::items))
        .bind("timeBuckets", counts("text", rows, c -> literal(c.responseTimes().keySet())))
        .bind("timeCounts", counts("text", rows, c -> literal(c.responseTimes().values())))
        .execute();
  }

  private static Argument keys(
      String type, List<Entry<CountKey, Counts>> rows, Function<CountKey, Object> value) {
    return array(type, rows.stream().map(row -> value.apply(row.getKey())).toArray());
  }

  private static Argument counts(
      String type, List<Entry<CountKey, Counts>> rows, Function<Counts, @Nullable Object> value) {
    return array(type, rows.stream().map(row -> value.apply(row.getValue())).toArray());
  }

  private static Argument array(String type, @Nullable Object[] values) {
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
  }

  /// The text of an array; null if it is empty.
  private static @Nullable String literal(Collection<Integer> values) {
    return values.isEmpty()
        ? null
        : values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
