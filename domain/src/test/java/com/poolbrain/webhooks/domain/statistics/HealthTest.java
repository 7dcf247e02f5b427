package com.poolbrain.webhooks.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "'', NEVER_DELIVERED",
    "+, HEALTHY",
    "-, FAILING",
    "-+, DEGRADED",
    "+-, DEGRADED",
    "-----+++++, FAILING",
    "----++++++, DEGRADED",
    "+---------, DEGRADED",
    "++++++++++----------, HEALTHY",
  })
  void health_is_derived_from_the_latest_attempts(String attempts, Health health) {
    List<Boolean> succeeded = new ArrayList<>();
    attempts.chars().forEach(c -> succeeded.add(c == '+'));

    assertThat(Health.fromAttempts(succeeded)).isEqualTo(health);
  }
}
