package com.poolbrain.webhooks.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Fixtures;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptResultTest {

  @Test
  void tests_and_failures_of_the_proxy_say_nothing_about_the_health_of_the_endpoint() {
    Outcome success = new Outcome.Delivered(new EndpointResponse(200, ""));
    Outcome refused = new Outcome.Failed(ErrorClass.CONNECT_REFUSED);
    Outcome proxy = new Outcome.Failed(ErrorClass.PROXY);

    assertThat(healthOutcome(Trigger.AUTOMATIC, success)).isEqualTo(success);
    assertThat(healthOutcome(Trigger.MANUAL, refused)).isEqualTo(refused);
    assertThat(healthOutcome(Trigger.AUTOMATIC, proxy)).isNull();
    assertThat(healthOutcome(Trigger.MANUAL, proxy)).isNull();
    assertThat(healthOutcome(Trigger.TEST, refused)).isNull();
  }

  private static @Nullable Outcome healthOutcome(Trigger trigger, Outcome outcome) {
    Attempt attempt =
        new Attempt(Fixtures.id(1), trigger, Fixtures.NOW, Duration.ofMillis(1), outcome);
    return new AttemptResult.Sent(
            Fixtures.claim(2, Fixtures.endpoint(3, 40)), attempt, new Verdict.GiveUp())
        .healthOutcome();
  }
}
