package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.statistics.StatisticsRecorder;
import com.poolbrain.webhooks.simulation.scenario.Scenario;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Statistics against the ledger and against what the endpoints got.
final class StatisticsTest {

  private static final Duration FAST = Duration.ofMillis(40);
  private static final int HOURS = 24;

  /// Failures, redeliveries, cancellations, test sends, pauses and switches, on two nodes.
  @Test
  @Tag("slow")
  void statistics_of_a_day_equal_the_log_and_the_receiver_hour_by_hour() {
    ScriptedSimulation simulation = new ScriptedSimulation(20_260_213);
    StatisticsRecorder recorder = new StatisticsRecorder();
    SplittableRandom random = new SplittableRandom(7);
    simulation.run(() -> {
      List<SimulatedNode> nodes =
          List.of(
              simulation.startNodeWithListener(recorder),
              simulation.startNodeWithListener(recorder));
      List<Endpoint> endpoints =
          List.of(
              simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST)),
              simulation.addEndpoint(
                  40,
                  _ ->
                      random.nextInt(3) == 0
                          ? SimulatedEndpoints.ok(FAST)
                          : SimulatedEndpoints.status(503, FAST)),
              simulation.addEndpoint(40, _ -> SimulatedEndpoints.connectionReset(FAST)));
      for (int step = 0; step < HOURS * 12; step++) {
        SimulatedNode node = nodes.get(step % 2);
        simulation.publish(node, 40, random.nextInt(1, 30));
        simulation.advance(Duration.ofMinutes(5));
        List<SimulatedDelivery> deliveries = simulation.world.ledger().deliveries();
        SimulatedDelivery some = deliveries.get(random.nextInt(deliveries.size()));
        node.call(
            switch (random.nextInt(8)) {
              case 0, 1, 2 -> () -> node.engine().redeliver(40, some.id(), "key:1");
              case 3, 4 -> () -> node.engine().cancel(40, deliveries.getLast().id());
              default -> () -> {};
            });
        change(simulation, random.nextInt(20), endpoints.get(random.nextInt(3)));
      }
      simulation.changeConfig(40, company -> company.withWebhooksEnabled(true));
      simulation.await(
          "no delivery is open",
          Duration.ofHours(2),
          () -> simulation.world.ledger().openDeliveryCount() == 0);
      simulation.advance(Duration.ofMinutes(1));
    });

    StatisticsAudit statistics = StatisticsAudit.ofStatistics(recorder.take().counts());
    List<SimulatedDelivery> deliveries = simulation.world.ledger().deliveries();
    assertThat(statistics.counts().keySet().stream().map(key -> key.substring(0, 20)).distinct())
        .as("hours with counts")
        .hasSizeGreaterThanOrEqualTo(HOURS);
    assertThat(statistics.counts()).isEqualTo(StatisticsAudit.ofLedger(deliveries).counts());
    assertThat(statistics.attempts().counts())
        .isEqualTo(
            StatisticsAudit.ofReceivers(deliveries, simulation.world.endpoints().requests())
                .counts());
  }

  private static void change(ScriptedSimulation simulation, int kind, Endpoint endpoint)
      throws InterruptedException {
    switch (kind) {
      case 0 ->
          simulation.changeConfig(
              40, company -> company.withEndpoint(endpoint.id(), e -> e.withPaused(!e.paused())));
      case 1, 2 ->
          simulation.changeConfig(
              40, company -> company.withWebhooksEnabled(!company.company().webhooksEnabled()));
      default -> {}
    }
  }

  static LongStream seedsWithoutFaults() {
    return LongStream.rangeClosed(1, 1_500)
        .filter(seed -> Scenario.generate(seed).params().isFaultFree())
        .limit(150);
  }

  @ParameterizedTest
  @MethodSource("seedsWithoutFaults")
  void statistics_of_a_random_run_equal_the_log(long seed) {
    SimulationRun run = new SimulationRun(Scenario.generate(seed));
    StatisticsRecorder recorder = new StatisticsRecorder();
    run.nodes().forEach(node -> node.setListener(recorder));
    run.execute();

    assertThat(StatisticsAudit.ofStatistics(recorder.take().counts()).counts())
        .isEqualTo(StatisticsAudit.ofLedger(run.world().ledger().deliveries()).counts());
  }

  static LongStream seedsWithLedgerFaults() {
    return LongStream.rangeClosed(1, 3_000)
        .filter(seed -> {
          var params = Scenario.generate(seed).params();
          return params.faultProbability() > 0 && !params.faultKinds().nodeFailures();
        })
        .limit(150);
  }

  /// What was skipped by a call whose response was lost is not counted, so skips are left out.
  @ParameterizedTest
  @MethodSource("seedsWithLedgerFaults")
  void results_count_once_although_responses_of_the_ledger_are_lost(long seed) {
    SimulationRun run = new SimulationRun(Scenario.generate(seed));
    StatisticsRecorder recorder = new StatisticsRecorder();
    run.nodes().forEach(node -> node.setListener(recorder));
    run.execute();

    assertThat(withoutSkips(StatisticsAudit.ofStatistics(recorder.take().counts())))
        .isEqualTo(withoutSkips(StatisticsAudit.ofLedger(run.world().ledger().deliveries())));
  }

  private static java.util.Map<String, Long> withoutSkips(StatisticsAudit audit) {
    audit.counts().keySet().removeIf(key -> key.endsWith("skipped"));
    return audit.counts();
  }
}
