package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Secrets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a publish of one event becomes: the event, and a delivery for each endpoint of its company,
/// in lanes that have room.
@State(Scope.Benchmark)
public class PlanningBenchmark {

  private final Planner planner =
      new Planner(new Ids(InstantSource.system(), new SplittableRandom(1)), InstantSource.system());
  private final Submission submission =
      new Submission(
          List.of(
              new Part(
                  Bench.COMPANY,
                  Bench.CREATED,
                  Bench.NOW,
                  null,
                  List.of(new Part.Item(Bench.data(), List.of("1001"))),
                  null)),
          null);
  private Directory directory = Directory.EMPTY;

  /// Endpoints of the company, all of them subscribed.
  @Param({"3", "1000"})
  public int endpoints;

  /// Makes the configuration.
  @Setup
  public void subscribe() {
    Secrets secrets = Secrets.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    directory =
        Directory.EMPTY.with(
            new Renewal(true, Bench.NOW, 1, 1, List.of(Bench.company(endpoints, secrets))));
  }

  /// One plan.
  @Benchmark
  public Object plan() {
    return planner.plan(submission, directory, Map.of(), (_, _, _) -> true);
  }
}
