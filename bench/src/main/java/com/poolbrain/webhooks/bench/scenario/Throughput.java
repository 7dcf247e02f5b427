package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.load.Template;
import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Limits;
import com.poolbrain.webhooks.bench.report.Measured;
import com.poolbrain.webhooks.bench.service.Setup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As many deliveries as there can be.
final class Throughput implements Scenario {

  private static final int SECONDS = 15;
  private static final int SECONDS_OF_REHEARSAL = 10;
  private static final int BATCH = 100;
  private static final int COPIES = 10;

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String about() {
    return "publishers that send the next request when the last was answered; 100 endpoints after ten"
        + " seconds in which connections are made";
  }

  @Override
  public int seconds(Pace pace) {
    return 6 * pace.secondsOr(SECONDS) + SECONDS_OF_REHEARSAL + 10;
  }

  @Override
  public Chapter run(Stand stand) throws IOException, InterruptedException, SQLException {
    int seconds = stand.pace().secondsOr(SECONDS);
    int connections = stand.pace().connectionsOr(128);
    Target simple = stand.simple();
    List<Measured> runs = new ArrayList<>();
    for (int publishers : new int[] {connections / 2, connections, connections * 2}) {
      runs.add(
          stand.run(
              Load.closed(publishers + " connections", publishers, seconds),
              stand.singles(simple),
              1));
    }
    Measured one = runs.get(1);
    int endpoints = stand.pace().many(100, 10);
    Load many = Load.closed(endpoints + " endpoints", connections, seconds);
    Rotation toMany = endpoints(stand, endpoints);
    int rehearsed = stand.pace().many(SECONDS_OF_REHEARSAL, 1);
    stand.rehearse(Load.closed(many.name() + ", connecting", connections, rehearsed), toMany, 1);
    runs.add(stand.run(many, toMany, 1));
    runs.add(
        stand.run(Load.closed("fan-out 1 to 10", connections, seconds), fanOut(stand), COPIES));
    Template batch = stand.template(simple.inBatchesOf(BATCH));
    Measured batches =
        stand.run(Load.closed("batches of 100", 16, seconds), new Rotation(List.of(batch), 1), 1);
    runs.add(batches);
    return new Chapter(name(), about(), runs, findings(one, batches, runs, stand.limits()));
  }

  private static Rotation endpoints(Stand stand, int count)
      throws IOException, InterruptedException {
    List<Template> templates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      templates.add(stand.template(stand.simple()));
    }
    return new Rotation(templates, 1);
  }

  private static Rotation fanOut(Stand stand) throws IOException, InterruptedException {
    long company = stand.companyIds(1);
    Setup setup = stand.setup();
    setup.company(company);
    for (int copy = 0; copy < COPIES; copy++) {
      setup.endpoint(
          company, "customer.created", stand.house().receiver().url("localhost", "/ok/" + copy));
    }
    return new Rotation(List.of(stand.template(setup.target(company, "customer.created"))), COPIES);
  }

  private static List<Finding> findings(
      Measured one, Measured batches, List<Measured> runs, @Nullable Limits limits) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.atMost(
            "service + PostgreSQL, single events",
            85,
            "µs CPU per delivery",
            Findings.server(one)));
    if (limits != null) {
      findings.add(
          Finding.atLeast(
              "share of the machine's limit, single events",
              0.6,
              "",
              one.perSecond() / limits.perSecond()));
    }
    findings.add(
        Finding.atLeast("deliveries a second, single events", 17_500, "", one.perSecond()));
    findings.add(
        Finding.atLeast("deliveries a second, batches of 100", 25_000, "", batches.perSecond()));
    findings.add(
        Finding.atMost(
            "write-ahead log, single events",
            1_300,
            "bytes per delivery",
            Findings.known(one.each().walBytes())));
    findings.add(Findings.memory("throughput", runs));
    return findings;
  }
}
