package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.load.LoadGenerator;
import com.poolbrain.webhooks.bench.load.LoadProfile;
import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.bench.load.RoundRobinRequests;
import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import java.util.List;

/// The effect of a company that publishes very many events at once on another company.
final class NoisyNeighbour extends BenchScenario {

  private static final int REQUESTS_PER_SECOND = 500;
  private static final int RUN_SECONDS = 20;
  private static final int PAIR_COUNT = 5;
  private static final int WARM_UP_FLOODS = 3;
  private static final int BATCH_SIZE = 100;
  private static final LoadProfile FLOOD = LoadProfile.closedLoop("flood", 8, 60);

  NoisyNeighbour() {
    super(
        "neighbour",
        "one company's steady 500/s, without and while another publishes very many events at once");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    RoundRobinRequests steady = context.requests(context.createTarget());
    long noisyCompany = context.createCompany("/uncounted");
    PublishTarget floodTarget = context.apiSetup().newTarget(noisyCompany, BenchContext.EVENT_TYPE);
    String noisyFilter = "company_id = " + noisyCompany;
    context.warmUp();
    context.show("floods, so that the JVM compiles their code");
    for (int i = 0; i < context.options().fullOrQuick(WARM_UP_FLOODS, 1); i++) {
      publishFlood(context, floodTarget);
      context.awaitNoOpenDeliveries(noisyFilter);
    }
    PairedRuns pairs = new PairedRuns();
    for (int pair = 1; pair <= context.options().fullOrQuick(PAIR_COUNT, 1); pair++) {
      pairs.without().add(runSteady(context, "without " + pair, steady));
      Thread flood = Thread.ofPlatform().start(() -> publishFlood(context, floodTarget));
      pairs.with().add(runSteady(context, "with " + pair, steady));
      flood.join();
      context.awaitNoOpenDeliveries(noisyFilter);
    }
    String subject = "another company publishes %,d at once".formatted(eventCount(context));
    return List.of(pairs.p99Check(subject));
  }

  private static RunResult runSteady(BenchContext context, String name, RoundRobinRequests requests)
      throws InterruptedException {
    return context.runAtRate(name, REQUESTS_PER_SECOND, RUN_SECONDS, requests);
  }

  private static int eventCount(BenchContext context) {
    return context.options().fullOrQuick(100_000, 1_000);
  }

  private static void publishFlood(BenchContext context, PublishTarget target) {
    BenchEnvironment environment = context.environment();
    RoundRobinRequests requests =
        new RoundRobinRequests(List.of(target.withBatchSize(BATCH_SIZE)), environment.markers(), 0);
    RunCounters counters = RunCounters.of(environment.markers(), eventCount(context), 1);
    try (LoadGenerator generator =
        new LoadGenerator(environment.eventLoop(), target.publishUrl(), FLOOD.connections())) {
      generator.run(FLOOD, requests, counters);
    }
  }
}
