package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The effect of a million open deliveries on other companies.
final class Backlog extends BenchScenario {

  private static final int RUN_SECONDS = 15;
  private static final int SNAPSHOT_SECONDS = 60;
  private static final int ENDPOINT_COUNT = 50;

  /// A kind of open deliveries.
  ///
  /// @param path of their endpoints
  /// @param dueIn SQL interval from now
  /// @param attempts attempts made so far
  private record Kind(String name, String path, int endpoints, String dueIn, int attempts) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("due tomorrow", "/uncounted", ENDPOINT_COUNT, "1 day", 1),
          new Kind("due for a hanging endpoint", "/hang", 1, "-1 hour", 0));

  Backlog() {
    super(
        "backlog",
        "full load while another company has very many open deliveries; then the same while a"
            + " database snapshot is held, as by a dump");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    RoundRobinRequests requests = context.requests(context.createTarget());
    int size = context.options().deliveriesOr(1_000_000, 1_000);
    List<TargetCheck> checks = new ArrayList<>();
    for (Kind kind : KINDS) {
      RunResult before = context.run(context.closedLoop("empty", RUN_SECONDS), requests);
      long company = insertBacklog(context, kind, size);
      RunResult full = context.run(context.closedLoop(kind.name(), RUN_SECONDS), requests);
      RunResult snapshot = holdingSnapshot(context, kind.name() + ", snapshot held", requests);
      deleteBacklog(context, company);
      RunResult after = context.run(context.closedLoop("empty again", RUN_SECONDS), requests);
      for (RunResult run : List.of(full, snapshot)) {
        checks.add(
            TargetCheck.atLeast(
                "%,d %s: throughput to that of empty".formatted(size, run.name()),
                0.9,
                "times",
                run.throughputTo(before, after)));
      }
    }
    return checks;
  }

  private static RunResult holdingSnapshot(
      BenchContext context, String name, RoundRobinRequests requests) throws InterruptedException {
    try (Connection snapshot = context.postgres().connect();
        Statement statement = snapshot.createStatement()) {
      statement.execute("begin isolation level repeatable read");
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("select count(*) from config");
      RunResult run = context.run(context.closedLoop(name, SNAPSHOT_SECONDS), requests);
      statement.execute("rollback");
      return run;
    } catch (SQLException e) {
      throw new IllegalStateException("The snapshot was lost: " + e.getMessage(), e);
    }
  }

  private static long insertBacklog(BenchContext context, Kind kind, int size) {
    long company = context.createCompany();
    String url = context.environment().misbehavingReceiver().url(kind.path());
    for (int i = 0; i < kind.endpoints(); i++) {
      var _ = context.apiSetup().createEndpoint(company, StoredDeliveries.EVENT_TYPE, url);
    }
    StoredDeliveries.insertOpen(context, company, size, kind.dueIn(), kind.attempts());
    return company;
  }

  /// Deletes the open deliveries before the endpoints. In the other order the sweeper of the
  /// service and this statement would wait for each other. Deliveries that the service owns end as
  /// cancelled.
  private static void deleteBacklog(BenchContext context, long company) {
    context
        .postgres()
        .execute(
            "delete from open_delivery where owner is null and company_id = " + company,
            "begin",
            "update config set version = version + 1",
            "update endpoint set deleted_at = now(), version = (select version from config)"
                + " where company_id = "
                + company,
            "commit",
            "vacuum open_delivery",
            "checkpoint");
  }
}
