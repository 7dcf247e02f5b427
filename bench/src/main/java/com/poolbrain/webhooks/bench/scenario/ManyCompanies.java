package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.Receiver;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether many companies cost more than one.
final class ManyCompanies extends BenchScenario {

  private static final int RUN_SECONDS = 15;
  private static final int CONNECT_SECONDS = 15;
  private static final int HOSTS_PER_SUBNET = 250;
  private static final int SETUP_THREADS = 8;

  ManyCompanies() {
    super(
        "companies",
        "full load for one company, for many companies with an endpoint each on one host, for as many"
            + " on many hosts, and for one company again; before each run, fifteen seconds open the"
            + " connections");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    int companies = context.options().fullOrQuick(10_000, 20);
    List<String> hosts = hosts(context.options().fullOrQuick(1_000, 10));
    try (Receiver manyHosts = context.environment().newReceiver("0.0.0.0", hosts)) {
      RoundRobinRequests oneCompany = context.requests(context.createTarget());
      RunResult before = run(context, "one company", oneCompany);
      RunResult oneHost =
          run(
              context,
              "%,d companies on one host".formatted(companies),
              createCompanies(
                  context, companies, _ -> context.environment().receiver().url("/ok/0")));
      RunResult allHosts =
          run(
              context,
              "%,d companies on %,d hosts".formatted(companies, hosts.size()),
              createCompanies(
                  context, companies, i -> manyHosts.url(hosts.get(i % hosts.size()), "/ok/0")));
      RunResult after = run(context, "one company again", oneCompany);
      return Stream.of(oneHost, allHosts)
          .map(run ->
              TargetCheck.atLeast(
                  run.name() + ": throughput to that of one company",
                  0.8,
                  "times",
                  run.throughputTo(before, after)))
          .toList();
    }
  }

  private static List<String> hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "127.0.%d.%d".formatted(1 + i / HOSTS_PER_SUBNET, 1 + i % HOSTS_PER_SUBNET))
        .toList();
  }

  private static RunResult run(BenchContext context, String name, RoundRobinRequests requests)
      throws InterruptedException {
    LoadProfile profile = context.closedLoop(name, RUN_SECONDS);
    context.openConnections(profile, CONNECT_SECONDS, requests);
    return context.run(profile, requests);
  }

  private static RoundRobinRequests createCompanies(
      BenchContext context, int count, IntFunction<String> url) throws InterruptedException {
    context.show("creating %,d companies".formatted(count));
    long first = context.environment().reserveCompanyIds(count);
    List<Callable<PublishTarget>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long company = first + i;
      String endpointUrl = url.apply(i);
      tasks.add(() -> createTarget(context.apiSetup(), company, endpointUrl));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(SETUP_THREADS)) {
      return context.requests(
          threads.invokeAll(tasks).stream().map(Future::resultNow).toArray(PublishTarget[]::new));
    }
  }

  private static PublishTarget createTarget(ApiSetup apiSetup, long company, String url) {
    apiSetup.createCompany(company);
    var _ = apiSetup.createEndpoint(company, BenchContext.EVENT_TYPE, url);
    return apiSetup.newTarget(company, BenchContext.EVENT_TYPE);
  }
}
