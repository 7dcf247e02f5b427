package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a million deliveries that wait do to the others.
final class Backlog implements Scenario {

  private static final int RUN_SECONDS = 15;
  private static final int SNAPSHOT_SECONDS = 60;
  private static final int FILL_SECONDS = 40;
  private static final int ENDPOINT_COUNT = 50;

  /// What the service itself has written when deliveries of so many attempts wait. Ids are of
  /// PostgreSQL 18, which the bench brings.
  private static final String INSERT_BACKLOG =
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
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id, endpoint_id, owner, event_name, trigger)
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
  /// @param dueIn from now
  /// @param attemptsMade that each has behind it
  private record BacklogKind(
      String name, String path, int endpointCount, String dueIn, int attemptsMade) {}

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public String description() {
    return "full load while very many deliveries of another company wait; then the same while"
        + " somebody holds a snapshot of the database, as a dump does";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return 2
        * (3 * runOptions.secondsOr(RUN_SECONDS)
            + runOptions.secondsOr(SNAPSHOT_SECONDS)
            + FILL_SECONDS);
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    PublishTarget publishTarget = benchContext.createCompanyTarget();
    List<RunResult> runs = new ArrayList<>();
    List<TargetCheck> targetChecks = new ArrayList<>();
    for (BacklogKind backlogKind :
        List.of(
            new BacklogKind("waiting for a later time", "/uncounted", ENDPOINT_COUNT, "1 day", 1),
            new BacklogKind("due for one that hangs", "/hang", 1, "-1 hour", 0))) {
      RunResult emptyBefore = run(benchContext, "empty", publishTarget, RUN_SECONDS);
      long company = insertBacklog(benchContext, backlogKind);
      RunResult withBacklog = run(benchContext, backlogKind.name(), publishTarget, RUN_SECONDS);
      RunResult withSnapshot =
          runWithSnapshot(benchContext, backlogKind.name() + ", snapshot held", publishTarget);
      deleteBacklog(benchContext, company);
      RunResult emptyAfter = run(benchContext, "empty again", publishTarget, RUN_SECONDS);
      runs.addAll(List.of(emptyBefore, withBacklog, withSnapshot, emptyAfter));
      double baseThroughput =
          (emptyBefore.deliveriesPerSecond() + emptyAfter.deliveriesPerSecond()) / 2;
      int backlogSize = backlogSize(benchContext);
      targetChecks.add(targetCheck(backlogSize, backlogKind.name(), withBacklog, baseThroughput));
      targetChecks.add(
          targetCheck(
              backlogSize, backlogKind.name() + ", snapshot held", withSnapshot, baseThroughput));
    }
    targetChecks.add(TargetChecks.maxMemory(name(), runs));
    return new ScenarioResult(name(), description(), runs, targetChecks);
  }

  private static TargetCheck targetCheck(
      int backlogSize, String name, RunResult run, double baseThroughput) {
    return TargetCheck.atLeast(
        String.format(Locale.ROOT, "%,d %s: throughput to that of empty", backlogSize, name),
        0.9,
        "times",
        run.deliveriesPerSecond() / baseThroughput);
  }

  private static int backlogSize(BenchContext benchContext) {
    return benchContext
        .runOptions()
        .backlogOr(benchContext.runOptions().fullOrQuick(1_000_000, 1_000));
  }

  private static RunResult run(
      BenchContext benchContext, String name, PublishTarget publishTarget, int seconds)
      throws IOException, InterruptedException, SQLException {
    LoadProfile loadProfile =
        LoadProfile.closedLoop(
            name,
            benchContext.runOptions().connectionsOr(64),
            benchContext.runOptions().secondsOr(seconds));
    return benchContext.run(loadProfile, benchContext.singleEventRequests(publishTarget), 1);
  }

  private static RunResult runWithSnapshot(
      BenchContext benchContext, String name, PublishTarget publishTarget)
      throws IOException, InterruptedException, SQLException {
    try (Connection snapshot = benchContext.benchEnvironment().postgres().connect();
        Statement statement = snapshot.createStatement()) {
      statement.execute("begin isolation level repeatable read");
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("select count(*) from config");
      RunResult run = run(benchContext, name, publishTarget, SNAPSHOT_SECONDS);
      statement.execute("rollback");
      return run;
    }
  }

  private static long insertBacklog(BenchContext benchContext, BacklogKind backlogKind)
      throws IOException, InterruptedException, SQLException {
    benchContext.announce("making deliveries that wait");
    long company = benchContext.reserveCompanyIds(1);
    ApiSetup apiSetup = benchContext.apiSetup();
    apiSetup.createCompany(company);
    String type = "job.one_time.created";
    for (int i = 0; i < backlogKind.endpointCount(); i++) {
      apiSetup.createEndpoint(
          company,
          type,
          benchContext
              .benchEnvironment()
              .misbehavingReceiver()
              .url("localhost", backlogKind.path()));
    }
    benchContext
        .benchEnvironment()
        .postgres()
        .execute(
            INSERT_BACKLOG
                .replace("$company", Long.toString(company))
                .replace("$type", type)
                .replace("$count", Integer.toString(backlogSize(benchContext)))
                .replace("$due", backlogKind.dueIn())
                .replace("$attempts", Integer.toString(backlogKind.attemptsMade())),
            // What autovacuum would do by and by, in the middle of a run.
            "vacuum analyze open_delivery, event, event_ref, attempt",
            "checkpoint");
    return company;
  }

  /// Deletes while claims pass by what is locked: the sweep that begins when the endpoints are gone
  /// would wait for these rows, and these for it. What the service owned then ends as cancelled.
  private static void deleteBacklog(BenchContext benchContext, long company) throws SQLException {
    String companyFilter = "company_id = " + company;
    benchContext
        .benchEnvironment()
        .postgres()
        .execute(
            "delete from open_delivery where " + companyFilter + " and owner is null",
            "begin",
            "update config set version = version + 1",
            "update endpoint set deleted_at = now(), version = (select version from config) where "
                + companyFilter,
            "commit",
            "vacuum open_delivery",
            "checkpoint");
  }
}
