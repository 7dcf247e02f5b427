package com.poolbrain.webhooks.bench.query;

import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.Postgres;
import java.util.function.Consumer;

/// Deliveries of [#DAYS] days in the database, as the service would have stored them: one event for
/// each, of which a fifth belongs to the first company. Of 100 deliveries 96 succeeded with the
/// first attempt, two with the second, one failed for good and one was skipped. One event in 100
/// was accepted up to 20 hours late.
///
/// @param firstCompany the least id of the companies, which follow each other
@SuppressWarnings("InlineFormatString") // the names say what each statement does
public record MonthOfDeliveries(Postgres postgres, long firstCompany, int companies) {

  private static final int DAYS = 30;
  private static final int ENDPOINTS_PER_COMPANY = 3;

  /// The numbers of the rows of two months differ, so that their ids do.
  private static final int NUMBER_BITS = 32;

  /// The least UUID of version 7 of a time, and one of the i-th row of a day.
  private static final String FUNCTIONS =
      """
      create or replace function bench_lower(at timestamptz) returns uuid language sql immutable as $$
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
                || '00000000000000000000')::uuid
      $$;
      create or replace function bench_id(at timestamptz, i bigint, kind integer) returns uuid
      language sql immutable as $$
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
                || '7' || lpad(to_hex((i * 4 + kind) % 4096), 3, '0')
                || 'b' || substr(md5(i::text || '.' || kind::text), 1, 15))::uuid
      $$
      """;

  private static final String CREATE_PARTITIONS =
      """
      do $$
      declare
        day date := (now() at time zone 'UTC')::date - %1$d;
        parent text;
      begin
        foreach parent in array array['event', 'delivery', 'attempt', 'event_ref'] loop
          if to_regclass(parent || '_' || to_char(day, 'YYYYMMDD')) is null then
            execute format('create table %%I partition of %%I for values from (%%L) to (%%L)',
              parent || '_' || to_char(day, 'YYYYMMDD'), parent,
              bench_lower(day::timestamp at time zone 'UTC'),
              bench_lower((day + 1)::timestamp at time zone 'UTC'));
          end if;
        end loop;
      end $$
      """;

  private static final String ROWS =
      """
      create temp table bench_row as
      select i, r.at, bench_id(r.at, i, 0) as event_id, bench_id(r.at, i, 1) as id,
             e.company_id, e.id as endpoint_id, (hashint8(i) & 2147483647) %% 100 as kind, (i * 31) %% 100000 as ref
      from generate_series(%3$d::bigint, %3$d::bigint + %2$d - 1) as i
      cross join lateral (
        select least(
          ((now() at time zone 'UTC')::date - %1$d)::timestamp at time zone 'UTC'
            + (i - %3$d) * interval '1 day' / %2$d, now()) as at) as r
      join bench_endpoint as e
        on e.number = case when i %% 5 = 0 then i %% 3 else (i * 7907) %% (select count(*) from bench_endpoint) end
      """;

  private static final String EVENTS =
      """
      insert into event (company_id, occurred_at, config_version, items, id, type, data)
      select company_id,
             case when i % 100 = 7 then at - (i % 20) * interval '1 hour' else at end,
             (select version from config), 1, event_id, 'customer.created',
             convert_to(format('{"customerId":%s,"displayName":"Customer %s"}', ref, i), 'UTF8')
      from bench_row
      """;

  private static final String REFS =
      """
      insert into event_ref (company_id, event_id, ref) select company_id, event_id, ref::text from bench_row
      """;

  private static final String DELIVERIES =
      """
      insert into delivery (company_id, ended_at, started_at, attempt_count, schedule_step, duration_us,
        status_code, test, id, event_id, endpoint_id, attempt_id, event_name, status, skip_reason, trigger, error,
        response_body)
      select company_id, at + interval '50 ms',
             case when kind < 96 then at + interval '5 ms' end,
             case when kind < 96 then 1 when kind < 98 then 2 when kind = 98 then 4 else 0 end,
             case when kind < 96 then null when kind < 98 then 2 when kind = 98 then 4 else 0 end,
             case when kind < 96 then 40000 end, case when kind < 96 then 200 end,
             false, id, event_id, endpoint_id,
             case when kind < 96 then bench_id(at, i, 2) end,
             'customer.created',
             case when kind < 98 then 'delivered' when kind = 98 then 'permanently_failed' else 'skipped' end,
             case when kind = 99 then 'webhooks_off' end,
             case when kind < 96 then 'automatic' end, null,
             case when kind < 96 then 'ok' end
      from bench_row
      """;

  private static final String ATTEMPTS =
      """
      insert into attempt (company_id, started_at, number, duration_us, status_code, late, delivery_id,
        id, trigger, error, response_body, url, detail)
      select company_id, at + n * interval '5 minutes', n, 40000,
             case when kind < 98 and n = 2 then 200 else 503 end, false, id,
             bench_id(at + n * interval '5 minutes', i, 2), 'automatic',
             case when kind < 98 and n = 2 then null else 'server_error' end, 'unavailable',
             'https://127.0.0.1:1/', 'the response has the status 503'
      from bench_row
      cross join lateral generate_series(1, case when kind = 98 then 4 else 2 end) as n
      where kind between 96 and 98
      """;

  /// Statistics by the hour. The response time of 40 ms is in bucket 61.
  private static final String STATISTICS =
      """
      insert into delivery_statistics (company_id, slot, attempts, failed_attempts, delivered,
        after_retry, permanently_failed, skipped, items, endpoint_id, writer, event_name, result,
        time_buckets, time_counts)
      select company_id, date_trunc('hour', at, 'UTC'),
             sum(case when kind < 96 then 1 when kind < 98 then 2 when kind = 98 then 4 else 0 end),
             sum(case when kind in (96, 97) then 1 when kind = 98 then 4 else 0 end),
             count(*) filter (where kind < 98), count(*) filter (where kind in (96, 97)),
             count(*) filter (where kind = 98), count(*) filter (where kind = 99), count(*),
             endpoint_id, '00000000-0000-0000-0000-000000000000', name, result,
             case when name = '' then '{61}'::smallint[] end,
             case when name = '' then array[count(*)::integer] end
      from bench_row
      cross join lateral (values ('', ''), ('customer.created',
        case when kind < 98 then '200' when kind = 98 then '503' else '' end)) as k (name, result)
      group by company_id, date_trunc('hour', at, 'UTC'), endpoint_id, name, result
      """;

  /// Creates companies with endpoints, and their deliveries.
  ///
  /// @param deliveries of all days
  /// @param progress is told each step
  public static MonthOfDeliveries create(
      BenchEnvironment environment, int companies, long deliveries, Consumer<String> progress) {
    long first = environment.reserveCompanyIds(companies);
    progress.accept("creating endpoints");
    ApiSetup setup = new ApiSetup(environment.service());
    for (long company = first; company < first + companies; company++) {
      setup.createCompany(company);
      for (int i = 0; i < ENDPOINTS_PER_COMPANY; i++) {
        String url = "https://127.0.0.1:1/%d/%d".formatted(company, i);
        var _ = setup.createEndpoint(company, "customer.created", url);
      }
    }
    var month = new MonthOfDeliveries(environment.postgres(), first, companies);
    month.ageConfiguration();
    month.fill(deliveries, progress);
    return month;
  }

  private void fill(long deliveries, Consumer<String> progress) {
    postgres.execute(FUNCTIONS);
    long perDay = Math.max(1, deliveries / DAYS);
    long firstNumber = firstCompany << NUMBER_BITS;
    for (int day = 0; day < DAYS; day++) {
      progress.accept("filling the database, day %d of %d".formatted(day + 1, DAYS));
      postgres.execute(
          "set synchronous_commit = off",
          CREATE_PARTITIONS.formatted(day),
          "create temp table bench_endpoint as select row_number() over (order by company_id, id) - 1"
              + " as number, id, company_id from endpoint where "
              + companyFilter(),
          "analyze bench_endpoint",
          ROWS.formatted(day, perDay, firstNumber + day * perDay),
          EVENTS,
          REFS,
          DELIVERIES,
          ATTEMPTS,
          STATISTICS);
    }
    for (String table :
        new String[] {"event", "delivery", "attempt", "event_ref", "delivery_statistics"}) {
      progress.accept("vacuum of " + table);
      postgres.execute("vacuum (analyze, freeze) " + table);
    }
    progress.accept("checkpoint");
    postgres.execute("checkpoint");
  }

  private String companyFilter() {
    return "company_id between %d and %d".formatted(firstCompany, firstCompany + companies - 1);
  }

  /// Makes the configuration as old as the oldest deliveries, and the endpoints healthy.
  private void ageConfiguration() {
    postgres.execute(
        "update company set created_at = created_at - interval '40 days' where id between %d and %d"
            .formatted(firstCompany, firstCompany + companies - 1),
        "update company_history set valid_from = valid_from - interval '40 days' where "
            + companyFilter(),
        "update endpoint set created_at = created_at - interval '40 days' where " + companyFilter(),
        "update endpoint_history set valid_from = valid_from - interval '40 days' where "
            + companyFilter(),
        """
        insert into endpoint_health (company_id, since, last_delivery_at, endpoint_id, status,
          latest_at, latest_ok)
        select company_id, created_at, now(), id, 'healthy', array[now()], array[true]
        from endpoint where %s
        """
            .formatted(companyFilter()));
  }
}
