package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.engine.BenchmarkFixtures;
import com.poolbrain.webhooks.engine.ledger.LeaseRenewal;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Plans a publish of one event: the event, and a delivery for each endpoint of its company.
@State(Scope.Benchmark)
public class FanOutPlannerBenchmark {

  private final FanOutPlanner planner =
      new FanOutPlanner(
          new UuidV7Generator(InstantSource.system(), new SplittableRandom(1)),
          InstantSource.system());
  private final PublishRequest request =
      new PublishRequest(
          List.of(
              new PublishedEvent(
                  BenchmarkFixtures.COMPANY,
                  BenchmarkFixtures.CREATED,
                  BenchmarkFixtures.NOW,
                  null,
                  List.of(new PublishedEvent.EventItem(BenchmarkFixtures.data(), List.of("1001"))),
                  null)),
          null);
  private ConfigSnapshot config = ConfigSnapshot.EMPTY;

  /// Subscribed endpoints of the company.
  @Param({"3", "1000"})
  public int endpoints;

  /// Creates the configuration.
  @Setup
  public void subscribe() {
    SigningSecrets signingSecrets = SigningSecrets.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    config =
        ConfigSnapshot.EMPTY.with(
            new LeaseRenewal(
                true,
                BenchmarkFixtures.NOW,
                1,
                1,
                List.of(BenchmarkFixtures.companyConfig(endpoints, signingSecrets))));
  }

  /// One plan.
  @Benchmark
  public Object plan() {
    return planner.plan(request, config, Map.of());
  }
}
