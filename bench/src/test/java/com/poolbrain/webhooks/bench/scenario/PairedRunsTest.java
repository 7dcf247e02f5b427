package com.poolbrain.webhooks.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.report.LatencyStats;
import com.poolbrain.webhooks.bench.report.RunResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PairedRunsTest {

  private final List<String> story = new CopyOnWriteArrayList<>();

  private static RunResult run(String name, double p99) {
    LatencyStats latency = new LatencyStats(1, p99, p99, p99, List.of());
    return new RunResult(
        name,
        1,
        new RunCounters.Counts(1, 0, 0, 1, 0, 0),
        new MissingDeliveries(0, 0, 0),
        latency,
        latency,
        new ResourceUsage(0, 0, 0, 0, 0, 0),
        null);
  }

  private RunResult tellAndRun(String name) {
    story.add(name);
    return run(name, 1);
  }

  @Test
  void ratio_is_the_median_of_the_ratios_within_pairs() {
    // The machine is five times slower in the second pair, and the disturbance counts in the third.
    PairedRuns pairs =
        new PairedRuns(
            List.of(run("without 1", 2), run("without 2", 10), run("without 3", 2)),
            List.of(run("with 1", 2.4), run("with 2", 14), run("with 3", 20)));
    TargetCheck check = pairs.p99Check("noise");
    assertThat(check.subject()).isEqualTo("noise: p99, with to without");
    assertThat(check.actual()).isEqualTo(1.4);
    assertThat(check.isMet()).isTrue();
  }

  @Test
  void disturbance_has_ended_before_the_next_pair_begins() throws Exception {
    PairedRuns pairs =
        PairedRuns.measure(this::tellAndRun, "noise", 2, () -> story.add("disturbance"));
    assertThat(story.subList(0, 3))
        .startsWith("without noise 1")
        .contains("with noise 1", "disturbance");
    assertThat(story.subList(3, 6))
        .startsWith("without noise 2")
        .contains("with noise 2", "disturbance");
    assertThat(pairs.without())
        .extracting(RunResult::name)
        .containsExactly("without noise 1", "without noise 2");
    assertThat(pairs.with())
        .extracting(RunResult::name)
        .containsExactly("with noise 1", "with noise 2");
  }

  @Test
  void failed_disturbance_fails_the_measurement() {
    assertThatThrownBy(() ->
            PairedRuns.measure(
                this::tellAndRun,
                "",
                2,
                () -> {
                  throw new IllegalStateException("no room");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no room");
    assertThat(story).containsExactly("without 1", "with 1");
  }
}
