package com.poolbrain.webhooks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CrowdTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long ONE = 1;
  private static final long OTHER = 2;

  private final Crowd crowd = new Crowd();

  @Test
  void oneIsNoCrowd() {
    crowd.saw(ONE, 0);
    crowd.saw(ONE, 5);

    assertThat(crowd.areSeveral(5)).isFalse();
  }

  @Test
  void othersAreForgottenAfterASecond() {
    crowd.saw(ONE, 0);
    crowd.saw(OTHER, 1);
    crowd.saw(OTHER, 10);

    assertThat(crowd.areSeveral(SECOND)).isTrue();
    assertThat(crowd.areSeveral(SECOND + 1)).isFalse();
  }

  @Test
  void whoCameLongBeforeIsNoOther() {
    crowd.saw(OTHER, 0);
    crowd.saw(ONE, SECOND);
    crowd.saw(ONE, SECOND + 1);

    assertThat(crowd.areSeveral(SECOND + 1)).isFalse();
  }
}
