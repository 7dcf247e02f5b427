package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.service.Setup;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a million deliveries that wait do to the others.
final class Backlog implements Scenario {

  private static final int SECONDS = 15;
  private static final int SECONDS_OF_SNAPSHOT = 60;
  private static final int SECONDS_OF_FILLING = 40;
  private static final int ENDPOINTS = 50;

  /// What the service itself has written when deliveries of so many attempts wait. Ids are of
  /// PostgreSQL 18, which the bench brings.
  private static final String FILL =
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
      ), open as (
        insert into due (company_id, due_at, step, attempts, id, event_id, endpoint_id, owner, name, trigger)
        select $company, now() + interval '$due', $attempts, $attempts, uuidv7(), events.id,
               ids[1 + floor(random() * cardinality(ids))::integer], null, '$type', 'automatic'
        from events, endpoints
        returning id
      )
      insert into attempt (company_id, started_at, number, duration_us, status_code, late, delivery_id, id, trigger, error)
      select $company, now(), number, 2000, 503, false, open.id, uuidv7(), 'automatic', 'server_error'
      from open, generate_series(1, $attempts) as number
      """;

  /// What waits.
  ///
  /// @param due from now
  /// @param attempts that each has behind it
  private record Heap(String name, String path, int endpoints, String due, int attempts) {}

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String about() {
    return "full load while very many deliveries of another company wait; then the same while"
        + " somebody holds a snapshot of the database, as a dump does";
  }

  @Override
  public int seconds(Pace pace) {
    return 2
        * (3 * pace.secondsOr(SECONDS) + pace.secondsOr(SECONDS_OF_SNAPSHOT) + SECONDS_OF_FILLING);
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    Target simple = stand.simple();
    List<Measured> runs = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Heap heap :
        List.of(
            new Heap("waiting for a later time", "/uncounted", ENDPOINTS, "1 day", 1),
            new Heap("due for one that hangs", "/hang", 1, "-1 hour", 0))) {
      Measured empty = run(stand, "empty", simple, SECONDS);
      long company = fill(stand, heap);
      Measured full = run(stand, heap.name(), simple, SECONDS);
      Measured held = runWithSnapshot(stand, heap.name() + ", snapshot held", simple);
      clear(stand, company);
      Measured emptyAgain = run(stand, "empty again", simple, SECONDS);
      runs.addAll(List.of(empty, full, held, emptyAgain));
      double base = (empty.perSecond() + emptyAgain.perSecond()) / 2;
      int count = count(stand);
      findings.add(finding(count, heap.name(), full, base));
      findings.add(finding(count, heap.name() + ", snapshot held", held, base));
    }
    findings.add(Findings.memory(name(), runs));
    return new Chapter(name(), about(), runs, findings);
  }

  private static Finding finding(int count, String name, Measured run, double base) {
    return Finding.atLeast(
        String.format(Locale.ROOT, "%,d %s: throughput to that of empty", count, name),
        0.9,
        "times",
        run.perSecond() / base);
  }

  private static int count(Stand stand) {
    return stand.pace().backlogOr(stand.pace().many(1_000_000, 1_000));
  }

  private static Measured run(Stand stand, String name, Target target, int seconds)
      throws IOException, InterruptedException, SQLException {
    Load load = Load.closed(name, stand.pace().connectionsOr(64), stand.pace().secondsOr(seconds));
    return stand.run(load, stand.singles(target), 1);
  }

  private static Measured runWithSnapshot(Stand stand, String name, Target target)
      throws IOException, InterruptedException, SQLException {
    try (Connection snapshot = stand.house().postgres().connect();
        Statement statement = snapshot.createStatement()) {
      statement.execute("begin isolation level repeatable read");
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("select count(*) from config");
      Measured run = run(stand, name, target, SECONDS_OF_SNAPSHOT);
      statement.execute("rollback");
      return run;
    }
  }

  private static long fill(Stand stand, Heap heap)
      throws IOException, InterruptedException, SQLException {
    stand.doing("making deliveries that wait");
    long company = stand.companyIds(1);
    Setup setup = stand.setup();
    setup.company(company);
    String type = "job.one_time.created";
    for (int i = 0; i < heap.endpoints(); i++) {
      setup.endpoint(company, type, stand.house().hostile().url("localhost", heap.path()));
    }
    stand
        .house()
        .postgres()
        .run(
            FILL.replace("$company", Long.toString(company))
                .replace("$type", type)
                .replace("$count", Integer.toString(count(stand)))
                .replace("$due", heap.due())
                .replace("$attempts", Integer.toString(heap.attempts())),
            // What autovacuum would do by and by, in the middle of a run.
            "vacuum analyze due, event, event_ref, attempt",
            "checkpoint");
    return company;
  }

  /// Deletes while claims pass by what is locked: the sweep that begins when the endpoints are gone
  /// would wait for these rows, and these for it. What the service owned then ends as cancelled.
  private static void clear(Stand stand, long company) throws SQLException {
    String mine = "company_id = " + company;
    stand
        .house()
        .postgres()
        .run(
            "delete from due where " + mine + " and owner is null",
            "begin",
            "update config set version = version + 1",
            "update endpoint set deleted_at = now(), version = (select version from config) where "
                + mine,
            "commit",
            "vacuum due",
            "checkpoint");
  }
}
