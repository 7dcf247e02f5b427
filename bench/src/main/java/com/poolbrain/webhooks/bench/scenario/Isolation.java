package com.poolbrain.webhooks.bench.scenario;

import static com.poolbrain.webhooks.domain.ErrorClass.CONNECTION_RESET;
import static com.poolbrain.webhooks.domain.ErrorClass.RESPONSE_TIMEOUT;

import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.ApiSetup;
import com.poolbrain.webhooks.domain.ErrorClass;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What endpoints that misbehave do to the others.
final class Isolation implements Scenario {

  private static final int REQUESTS_PER_SECOND = 2_000;
  private static final int RUN_SECONDS = 8;
  private static final int PAUSE_SECONDS = 12;
  private static final int PAIR_COUNT = 5;

  /// A kind of misbehaviour.
  ///
  /// @param expectedError how an attempt ends
  /// @param companyCount each with five endpoints
  /// @param misbehavingShare how many of a company's endpoints misbehave; twice that in every other
  ///   one if it is half of them all
  private record Misbehavior(
      String name,
      String path,
      ErrorClass expectedError,
      int companyCount,
      double misbehavingShare) {}

  @Override
  public String name() {
    return "isolation";
  }

  @Override
  public String description() {
    return "2,000/s on a fixed schedule over many endpoints, some of which misbehave; the others"
        + " are measured, with and without, in turns, after some seconds of posts to such an endpoint";
  }

  @Override
  public int estimateSeconds(RunOptions runOptions) {
    int pairs = PAIR_COUNT * (2 * runOptions.secondsOr(RUN_SECONDS) + PAUSE_SECONDS);
    return 4 * (runOptions.secondsOr(RUN_SECONDS) + pairs) + 30;
  }

  @Override
  public ScenarioResult run(BenchContext benchContext)
      throws IOException, InterruptedException, SQLException {
    int companyCount = benchContext.runOptions().fullOrQuick(20, 1);
    List<RunResult> runs = new ArrayList<>();
    List<TargetCheck> targetChecks = new ArrayList<>();
    for (Misbehavior misbehavior :
        List.of(
            new Misbehavior("a fifth hangs", "/hang", RESPONSE_TIMEOUT, companyCount, 0.2),
            new Misbehavior("a fifth drips", "/drip", RESPONSE_TIMEOUT, companyCount, 0.2),
            new Misbehavior("a fifth resets", "/reset", CONNECTION_RESET, companyCount, 0.2),
            new Misbehavior(
                halfHangName(benchContext.runOptions().fullOrQuick(200, 2)),
                "/hang",
                RESPONSE_TIMEOUT,
                benchContext.runOptions().fullOrQuick(200, 2),
                0.5))) {
      measurePairs(benchContext, misbehavior, runs, targetChecks);
    }
    targetChecks.add(TargetChecks.maxMemory(name(), runs));
    return new ScenarioResult(name(), description(), runs, targetChecks);
  }

  private static String halfHangName(int companyCount) {
    int endpointCount = companyCount * ApiSetup.EVENT_TYPES.size();
    return String.format(Locale.ROOT, "%,d of %,d hang", endpointCount / 2, endpointCount);
  }

  private static void measurePairs(
      BenchContext benchContext,
      Misbehavior misbehavior,
      List<RunResult> runs,
      List<TargetCheck> targetChecks)
      throws IOException, InterruptedException, SQLException {
    benchContext.announce(misbehavior.name() + ": making endpoints");
    MixedEndpoints healthyEndpoints =
        new MixedEndpoints(
            benchContext, misbehavior.companyCount(), misbehavior.misbehavingShare(), "/uncounted");
    MixedEndpoints misbehavingEndpoints =
        new MixedEndpoints(
            benchContext,
            misbehavior.companyCount(),
            misbehavior.misbehavingShare(),
            misbehavior.path());
    warmUpFailures(benchContext, misbehavior);
    List<RunResult> withFailures = new ArrayList<>();
    List<RunResult> withoutFailures = new ArrayList<>();
    for (int pair = 1; pair <= benchContext.runOptions().fullOrQuick(PAIR_COUNT, 1); pair++) {
      misbehavingEndpoints.setMisbehavingPaused(true);
      withoutFailures.add(
          run(benchContext, misbehavior.name() + ", without " + pair, healthyEndpoints));
      misbehavingEndpoints.setMisbehavingPaused(false);
      withFailures.add(
          run(benchContext, misbehavior.name() + ", with " + pair, misbehavingEndpoints));
    }
    misbehavingEndpoints.setMisbehavingPaused(true);
    runs.addAll(withoutFailures);
    runs.addAll(withFailures);
    targetChecks.add(
        TargetCheck.atMost(
            misbehavior.name() + ": p50 of the others, with to without",
            1.5,
            "times",
            TargetChecks.medianRatio(
                withFailures, withoutFailures, run -> run.endToEndLatency().p50())));
    targetChecks.add(
        TargetCheck.atMost(
            misbehavior.name() + ": p99 of the others, with to without",
            1.5,
            "times",
            TargetChecks.medianRatio(
                withFailures, withoutFailures, run -> run.endToEndLatency().p99())));
  }

  private static void warmUpFailures(BenchContext benchContext, Misbehavior misbehavior)
      throws IOException, InterruptedException, SQLException {
    benchContext.warmUp();
    benchContext.announce(misbehavior.name() + ": rehearsing it");
    FailureWarmUp.warmUp(
        benchContext.benchEnvironment(),
        misbehavior.path(),
        misbehavior.expectedError(),
        benchContext.runOptions().secondsOr(RUN_SECONDS));
  }

  private static RunResult run(
      BenchContext benchContext, String name, MixedEndpoints mixedEndpoints)
      throws IOException, InterruptedException, SQLException {
    LoadProfile loadProfile =
        new LoadProfile(
            name,
            benchContext.runOptions().connectionsOr(64),
            REQUESTS_PER_SECOND,
            benchContext.runOptions().secondsOr(RUN_SECONDS));
    return benchContext.run(loadProfile, mixedEndpoints.requests(), 1);
  }
}
