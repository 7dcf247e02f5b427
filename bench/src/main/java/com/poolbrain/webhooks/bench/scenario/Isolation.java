package com.poolbrain.webhooks.bench.scenario;

import static com.poolbrain.webhooks.domain.ErrorClass.CONNECTION_RESET;
import static com.poolbrain.webhooks.domain.ErrorClass.RESPONSE_TIMEOUT;

import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.domain.ErrorClass;
import java.util.ArrayList;
import java.util.List;

/// The effect of misbehaving endpoints on the others.
final class Isolation extends BenchScenario {

  private static final int REQUESTS_PER_SECOND = 2_000;
  private static final int RUN_SECONDS = 8;
  private static final int PAIR_COUNT = 5;

  /// A kind of misbehaviour.
  ///
  /// @param expectedError result of an attempt
  /// @param companies with five endpoints each
  /// @param share of the endpoints that misbehave
  private record Misbehavior(
      String name, String path, ErrorClass expectedError, int companies, double share) {}

  Isolation() {
    super(
        "isolation",
        "2,000/s on a fixed schedule over many endpoints, some of which misbehave; the others are"
            + " measured in pairs of runs, without and with misbehaviour");
  }

  @Override
  List<TargetCheck> run(BenchContext context) throws InterruptedException {
    int few = context.options().fullOrQuick(20, 1);
    int many = context.options().fullOrQuick(200, 2);
    int endpoints = many * ApiSetup.EVENT_TYPES.size();
    String halfHang = "%,d of %,d hang".formatted(endpoints / 2, endpoints);
    List<TargetCheck> checks = new ArrayList<>();
    for (Misbehavior misbehavior :
        List.of(
            new Misbehavior("a fifth hangs", "/hang", RESPONSE_TIMEOUT, few, 0.2),
            new Misbehavior("a fifth drips", "/drip", RESPONSE_TIMEOUT, few, 0.2),
            new Misbehavior("a fifth resets", "/reset", CONNECTION_RESET, few, 0.2),
            new Misbehavior(halfHang, "/hang", RESPONSE_TIMEOUT, many, 0.5))) {
      PairedRuns pairs = measurePairs(context, misbehavior);
      double p50Ratio = pairs.medianRatio(run -> run.endToEndLatency().p50());
      String subject = misbehavior.name() + ", others";
      checks.add(TargetCheck.atMost(subject + ": p50, with to without", 1.5, "times", p50Ratio));
      checks.add(pairs.p99Check(subject));
    }
    return checks;
  }

  private static PairedRuns measurePairs(BenchContext context, Misbehavior misbehavior)
      throws InterruptedException {
    context.show(misbehavior.name() + ": creating endpoints");
    MixedEndpoints healthy =
        new MixedEndpoints(context, misbehavior.companies(), misbehavior.share(), "/uncounted");
    MixedEndpoints mixed =
        new MixedEndpoints(
            context, misbehavior.companies(), misbehavior.share(), misbehavior.path());
    context.warmUp();
    context.show(misbehavior.name() + ": failing requests, so that the JVM compiles their code");
    FailureWarmUp.warmUp(
        context.environment(),
        misbehavior.path(),
        misbehavior.expectedError(),
        context.options().secondsOr(RUN_SECONDS));
    PairedRuns pairs = new PairedRuns();
    for (int pair = 1; pair <= context.options().fullOrQuick(PAIR_COUNT, 1); pair++) {
      mixed.setMisbehavingPaused(true);
      pairs.without().add(run(context, misbehavior.name() + ", without " + pair, healthy));
      mixed.setMisbehavingPaused(false);
      pairs.with().add(run(context, misbehavior.name() + ", with " + pair, mixed));
    }
    mixed.setMisbehavingPaused(true);
    return pairs;
  }

  private static RunResult run(BenchContext context, String name, MixedEndpoints endpoints)
      throws InterruptedException {
    return context.runAtRate(name, REQUESTS_PER_SECOND, RUN_SECONDS, endpoints.requests());
  }
}
