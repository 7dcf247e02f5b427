package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RequestTemplate;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.MachineBaseline;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As many deliveries as there can be.
final class Throughput implements Scenario {

  private static final int RUN_SECONDS = 15;
  private static final int CONNECT_SECONDS = 10;
  private static final int BATCH_SIZE = 100;
  private static final int FAN_OUT = 10;

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String description() {
    return "publishers that send the next request when the last was answered; 100 endpoints after ten"
        + " seconds in which connections are made";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return 6 * runOptions.secondsOr(RUN_SECONDS) + CONNECT_SECONDS + 10;
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    int seconds = benchContext.runOptions().secondsOr(RUN_SECONDS);
    int connections = benchContext.runOptions().connectionsOr(128);
    PublishTarget companyTarget = benchContext.createCompanyTarget();
    List<RunResult> runs = new ArrayList<>();
    for (int publishers : new int[] {connections / 2, connections, connections * 2}) {
      runs.add(
          benchContext.run(
              LoadProfile.closedLoop(publishers + " connections", publishers, seconds),
              benchContext.singleEventRequests(companyTarget),
              1));
    }
    RunResult singleEvents = runs.get(1);
    int endpointCount = benchContext.runOptions().fullOrQuick(100, 10);
    LoadProfile manyEndpointsLoad =
        LoadProfile.closedLoop(endpointCount + " endpoints", connections, seconds);
    RoundRobinRequests manyEndpoints = manyEndpointRequests(benchContext, endpointCount);
    int connectSeconds = benchContext.runOptions().fullOrQuick(CONNECT_SECONDS, 1);
    benchContext.runUnmeasured(
        LoadProfile.closedLoop(
            manyEndpointsLoad.name() + ", connecting", connections, connectSeconds),
        manyEndpoints,
        1);
    runs.add(benchContext.run(manyEndpointsLoad, manyEndpoints, 1));
    runs.add(
        benchContext.run(
            LoadProfile.closedLoop("fan-out 1 to 10", connections, seconds),
            fanOutRequests(benchContext),
            FAN_OUT));
    RequestTemplate batch = benchContext.requestTemplate(companyTarget.withBatchSize(BATCH_SIZE));
    RunResult batches =
        benchContext.run(
            LoadProfile.closedLoop("batches of 100", 16, seconds),
            new RoundRobinRequests(List.of(batch), 1),
            1);
    runs.add(batches);
    return new ScenarioResult(
        name(),
        description(),
        runs,
        targetChecks(singleEvents, batches, runs, benchContext.machineBaseline()));
  }

  private static RoundRobinRequests manyEndpointRequests(BenchContext benchContext, int count)
      throws IOException, InterruptedException {
    List<RequestTemplate> templates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      templates.add(benchContext.requestTemplate(benchContext.createCompanyTarget()));
    }
    return new RoundRobinRequests(templates, 1);
  }

  private static RoundRobinRequests fanOutRequests(BenchContext benchContext)
      throws IOException, InterruptedException {
    long company = benchContext.reserveCompanyIds(1);
    ApiSetup apiSetup = benchContext.apiSetup();
    apiSetup.createCompany(company);
    for (int deliveryIndex = 0; deliveryIndex < FAN_OUT; deliveryIndex++) {
      apiSetup.createEndpoint(
          company,
          "customer.created",
          benchContext.benchEnvironment().receiver().url("localhost", "/ok/" + deliveryIndex));
    }
    return new RoundRobinRequests(
        List.of(benchContext.requestTemplate(apiSetup.newTarget(company, "customer.created"))),
        FAN_OUT);
  }

  private static List<TargetCheck> targetChecks(
      RunResult singleEvents,
      RunResult batches,
      List<RunResult> runs,
      @Nullable MachineBaseline machineBaseline) {
    List<TargetCheck> targetChecks = new ArrayList<>();
    targetChecks.add(
        TargetCheck.atMost(
            "service + PostgreSQL, single events",
            85,
            "µs CPU per delivery",
            TargetChecks.serverMicros(singleEvents)));
    if (machineBaseline != null) {
      targetChecks.add(
          TargetCheck.atLeast(
              "share of the machine's limit, single events",
              0.6,
              "",
              singleEvents.deliveriesPerSecond() / machineBaseline.maxDeliveriesPerSecond()));
    }
    targetChecks.add(
        TargetCheck.atLeast(
            "deliveries a second, single events", 17_500, "", singleEvents.deliveriesPerSecond()));
    targetChecks.add(
        TargetCheck.atLeast(
            "deliveries a second, batches of 100", 25_000, "", batches.deliveriesPerSecond()));
    targetChecks.add(
        TargetCheck.atMost(
            "write-ahead log, single events",
            1_300,
            "bytes per delivery",
            TargetChecks.orNaN(singleEvents.costPerDelivery().walBytes())));
    targetChecks.add(TargetChecks.maxMemory("throughput", runs));
    return targetChecks;
  }
}
