package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RequestTemplate;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.bench.service.BulkCompanies;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// Whether many companies cost more than one.
final class ManyCompanies implements Scenario {

  private static final int RUN_SECONDS = 15;
  private static final int CONNECT_SECONDS = 15;
  private static final int HOSTS_PER_SUBNET = 250;

  @Override
  public String name() {
    return "companies";
  }

  @Override
  public String description() {
    return "full load for one company; for many with an endpoint each on one host; for as many on"
        + " many hosts; and for the one again, whose two runs are what the others are compared with;"
        + " each after fifteen seconds in which connections are made";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    return 4 * (runOptions.secondsOr(RUN_SECONDS) + CONNECT_SECONDS) + 20;
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    int companyCount = benchContext.runOptions().fullOrQuick(10_000, 20);
    List<String> hosts = hosts(benchContext.runOptions().fullOrQuick(1_000, 10));
    String oneHostName = String.format(Locale.ROOT, "%,d companies on one host", companyCount);
    String manyHostsName =
        String.format(Locale.ROOT, "%,d companies on %,d hosts", companyCount, hosts.size());
    try (Receiver manyHostsReceiver = benchContext.benchEnvironment().receiver("0.0.0.0", hosts)) {
      Receiver receiver = benchContext.benchEnvironment().receiver();
      RoundRobinRequests oneCompanyRequests =
          benchContext.singleEventRequests(benchContext.createCompanyTarget());
      RunResult oneCompany = run(benchContext, "one company", oneCompanyRequests);
      RunResult oneHost =
          run(
              benchContext,
              oneHostName,
              companiesWithEndpoint(
                  benchContext, companyCount, _ -> receiver.url("localhost", "/ok/0")));
      RunResult manyHosts =
          run(
              benchContext,
              manyHostsName,
              companiesWithEndpoint(
                  benchContext,
                  companyCount,
                  i -> manyHostsReceiver.url(hosts.get(i % hosts.size()), "/ok/0")));
      RunResult oneCompanyAgain = run(benchContext, "one company again", oneCompanyRequests);
      double baseThroughput =
          (oneCompany.deliveriesPerSecond() + oneCompanyAgain.deliveriesPerSecond()) / 2;
      List<RunResult> runs = List.of(oneCompany, oneHost, manyHosts, oneCompanyAgain);
      return new ScenarioResult(
          name(),
          description(),
          runs,
          List.of(
              TargetCheck.atLeast(
                  oneHostName + ": throughput to that of one company",
                  0.8,
                  "times",
                  oneHost.deliveriesPerSecond() / baseThroughput),
              TargetCheck.atLeast(
                  manyHostsName + ": throughput to that of one company",
                  0.8,
                  "times",
                  manyHosts.deliveriesPerSecond() / baseThroughput),
              TargetChecks.maxMemory(name(), runs)));
    }
  }

  private static List<String> hosts(int companyCount) {
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < companyCount; i++) {
      hosts.add("127.0.%d.%d".formatted(1 + i / HOSTS_PER_SUBNET, 1 + i % HOSTS_PER_SUBNET));
    }
    return hosts;
  }

  private static RunResult run(BenchContext benchContext, String name, RoundRobinRequests requests)
      throws IOException, InterruptedException, SQLException {
    LoadProfile loadProfile =
        LoadProfile.closedLoop(
            name,
            benchContext.runOptions().connectionsOr(64),
            benchContext.runOptions().secondsOr(RUN_SECONDS));
    int connectSeconds = benchContext.runOptions().fullOrQuick(CONNECT_SECONDS, 1);
    benchContext.runUnmeasured(
        LoadProfile.closedLoop(name + ", connecting", loadProfile.connections(), connectSeconds),
        requests,
        1);
    return benchContext.run(loadProfile, requests, 1);
  }

  private static RoundRobinRequests companiesWithEndpoint(
      BenchContext benchContext, int companyCount, IntFunction<String> url)
      throws IOException, InterruptedException, SQLException {
    benchContext.announce("making " + companyCount + " companies");
    long firstCompany = benchContext.reserveCompanyIds(companyCount);
    BulkCompanies.insert(
        benchContext.benchEnvironment().postgres(), firstCompany, companyCount, url);
    // A change through the API is known to the service only after all that was committed before it.
    benchContext.createCompanyTarget();
    ApiSetup apiSetup = benchContext.apiSetup();
    List<RequestTemplate> templates = new ArrayList<>();
    for (long company = firstCompany; company < firstCompany + companyCount; company++) {
      templates.add(benchContext.requestTemplate(apiSetup.newTarget(company, "customer.created")));
    }
    return new RoundRobinRequests(templates, 1);
  }
}
