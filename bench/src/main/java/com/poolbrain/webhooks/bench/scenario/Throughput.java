package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The most deliveries per second.
final class Throughput extends BenchScenario {

  private static final int RUN_SECONDS = 15;
  private static final int CONNECT_SECONDS = 10;
  private static final int BATCH_SIZE = 100;
  private static final int BATCH_CONNECTIONS = 16;
  private static final int FAN_OUT = 10;

  Throughput() {
    super(
        "throughput",
        "publishers send the next request after each response; before the run with 100 endpoints,"
            + " ten seconds open the connections");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    int seconds = context.options().secondsOr(RUN_SECONDS);
    int connections = context.options().connectionsOr(128);
    PublishTarget target = context.createTarget();
    for (int count : new int[] {connections / 2, connections, connections * 2}) {
      LoadProfile profile = LoadProfile.closedLoop(count + " connections", count, seconds);
      var _ = context.run(profile, context.requests(target));
    }
    RunResult singleEvents = context.runs().get(1);

    int endpoints = context.options().fullOrQuick(100, 10);
    LoadProfile profile = LoadProfile.closedLoop(endpoints + " endpoints", connections, seconds);
    RoundRobinRequests requests =
        context.requests(
            Stream.generate(context::createTarget).limit(endpoints).toArray(PublishTarget[]::new));
    context.openConnections(profile, CONNECT_SECONDS, requests);
    var _ = context.run(profile, requests);

    var _ =
        context.run(
            LoadProfile.closedLoop("fan-out 1 to 10", connections, seconds),
            fanOutRequests(context));
    RunResult batches =
        context.run(
            LoadProfile.closedLoop("batches of 100", BATCH_CONNECTIONS, seconds),
            context.requests(target.withBatchSize(BATCH_SIZE)));
    return targetChecks(singleEvents, batches, context.machineBaseline());
  }

  private static RoundRobinRequests fanOutRequests(BenchContext context) {
    String[] paths = IntStream.range(0, FAN_OUT).mapToObj(i -> "/ok/" + i).toArray(String[]::new);
    long company = context.createCompany(paths);
    PublishTarget target = context.apiSetup().newTarget(company, BenchContext.EVENT_TYPE);
    return new RoundRobinRequests(List.of(target), context.environment().markers(), FAN_OUT);
  }

  private static List<TargetCheck> targetChecks(
      RunResult singleEvents, RunResult batches, @Nullable MachineBaseline baseline) {
    List<TargetCheck> checks = new ArrayList<>();
    double throughput = singleEvents.deliveriesPerSecond();
    checks.add(
        TargetCheck.atMost(
            "service + PostgreSQL, single events",
            85,
            "µs CPU per delivery",
            singleEvents.cost().serverMicros()));
    if (baseline != null) {
      checks.add(
          TargetCheck.atLeast(
              "share of the machine's limit, single events",
              0.6,
              "",
              throughput / baseline.maxDeliveriesPerSecond()));
    }
    checks.add(TargetCheck.atLeast("deliveries per second, single events", 17_500, "", throughput));
    checks.add(
        TargetCheck.atLeast(
            "deliveries per second, batches of 100", 25_000, "", batches.deliveriesPerSecond()));
    checks.add(
        TargetCheck.atMost(
            "write-ahead log, single events",
            1_300,
            "bytes per delivery",
            singleEvents.cost().walBytes()));
    return checks;
  }
}
