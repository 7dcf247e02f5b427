package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How fast connections are made that could be done without.
final class DialPaceTest {

  private static final long NOW = TimeUnit.DAYS.toNanos(1);

  private final DialPace pace = new DialPace(NOW);

  @Test
  void aFewAreMadeAtOnce() {
    for (int i = 0; i < DialPace.SOON; i++) {
      assertThat(pace.ask(NOW)).isTrue();
      pace.begun();
    }
  }

  @Test
  void beyondThatOneIsMadeNowAndThen() {
    begin(DialPace.SOON);

    assertThat(pace.ask(NOW)).isTrue();
    assertThat(pace.ask(NOW)).isFalse();
    assertThat(pace.ask(NOW + DialPace.PAUSE - 1)).isFalse();
    assertThat(pace.ask(NOW + DialPace.PAUSE)).isTrue();
  }

  @Test
  void aRestIsNotMadeUpFor() {
    begin(DialPace.SOON);
    long later = NOW + 100 * DialPace.PAUSE;

    assertThat(pace.ask(later)).isTrue();
    assertThat(pace.ask(later)).isFalse();
  }

  @Test
  void whatIsClosedMayBeReplacedAtOnce() {
    begin(DialPace.SOON);
    pace.ended();

    assertThat(pace.ask(NOW)).isTrue();
    assertThat(pace.ask(NOW)).isTrue();
  }

  private void begin(int connections) {
    for (int i = 0; i < connections; i++) {
      pace.begun();
    }
  }
}
