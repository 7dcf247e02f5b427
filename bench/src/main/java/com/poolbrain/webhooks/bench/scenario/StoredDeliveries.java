package com.poolbrain.webhooks.bench.scenario;

/// Writes deliveries of a company directly into the database, as the service would have stored
/// them. Its endpoints take turns.
final class StoredDeliveries {

  /// The type of the events.
  static final String EVENT_TYPE = "job.one_time.created";

  private static final int ATTEMPTS_UNTIL_FAILED = 4;

  private static final String INSERT =
      """
      with events as (
        insert into event (company_id, occurred_at, config_version, items, id, type, data)
        select $company, now(), (select version from config), 1, uuidv7(), '$type',
               convert_to('{"jobNumber":"' || number || '"}', 'SQL_ASCII')
        from generate_series(1, $count) as number
        returning id, convert_from(data, 'SQL_ASCII')::jsonb ->> 'jobNumber' as ref
      ), refs as (
        insert into event_ref (company_id, ref, event_id)
        select $company, ref, id from events
      ), endpoints as (
        select array_agg(id) as ids from endpoint where company_id = $company
      ), addressed as (
        select events.id as event_id, ids[1 + ref::integer % cardinality(ids)] as endpoint_id
        from events, endpoints
      ), stored as (
        $deliveries
        returning id
      )
      insert into attempt (company_id, started_at, number, duration_us, status_code, late, delivery_id, id, trigger, error)
      select $company, now(), number, 2000, 503, false, stored.id, uuidv7(), 'automatic', 'server_error'
      from stored, generate_series(1, $attempts) as number
      """;

  private static final String OPEN =
      """
      insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id, endpoint_id, owner, event_name, trigger)
      select $company, now() + interval '$due', $attempts, $attempts, uuidv7(), event_id, endpoint_id, null, '$type', 'automatic'
      from addressed
      """;

  private static final String FAILED =
      """
      insert into delivery (company_id, ended_at, attempt_count, schedule_step, test, id, event_id, endpoint_id, event_name, status)
      select $company, now(), $attempts, $attempts, false, uuidv7(), event_id, endpoint_id, '$type', 'permanently_failed'
      from addressed
      """;

  private StoredDeliveries() {}

  /// Open deliveries.
  ///
  /// @param dueIn SQL interval from now
  /// @param attempts attempts made so far
  static void insertOpen(
      BenchContext context, long company, int count, String dueIn, int attempts) {
    insert(context, OPEN.replace("$due", dueIn), company, count, attempts);
  }

  /// Deliveries that failed permanently.
  static void insertFailed(BenchContext context, long company, int count) {
    insert(context, FAILED, company, count, ATTEMPTS_UNTIL_FAILED);
  }

  private static void insert(
      BenchContext context, String deliveries, long company, int count, int attempts) {
    context.show("inserting %,d deliveries".formatted(count));
    context
        .postgres()
        .execute(
            INSERT
                .replace("$deliveries", deliveries)
                .replace("$company", Long.toString(company))
                .replace("$type", EVENT_TYPE)
                .replace("$count", Integer.toString(count))
                .replace("$attempts", Integer.toString(attempts)),
            // as autovacuum would do later, in the middle of a run
            "vacuum analyze open_delivery, delivery, event, event_ref, attempt",
            "checkpoint");
  }
}
