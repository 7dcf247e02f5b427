package com.poolbrain.webhooks.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  @Test
  void summary_says_the_time_and_rate_of_all_jobs_together() {
    assertThat(Recovery.summary(25_000, List.of(20.0, 30.0)))
        .isEqualTo(
            "50,000 deliveries recovered in 50.0 s, 1,000/s; the jobs of 25,000 each took 20.0, 30.0 s");
  }
}
