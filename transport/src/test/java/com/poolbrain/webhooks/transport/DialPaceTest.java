package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How fast connections are made that could be done without.
final class DialPaceTest {

  private static final long NOW = TimeUnit.DAYS.toNanos(1);
  private static final long FOR_LONG = NOW - DialPace.MOMENT - 1;

  private final DialPace pace = new DialPace(NOW);

  @Test
  void whoKeepsWantingThemGetsAFewAtOnce() {
    for (int i = 0; i < DialPace.FEW; i++) {
      assertThat(pace.ask(NOW, FOR_LONG)).isTrue();
      pace.begun();
    }
  }

  @Test
  void whoWantsThemForAMomentGetsOneNowAndThen() {
    assertOneNowAndThen(FOR_LONG + 1);
  }

  @Test
  void beyondAFewThereIsOneNowAndThen() {
    begin(DialPace.FEW);

    assertOneNowAndThen(FOR_LONG);
  }

  @Test
  void aRestIsNotMadeUpFor() {
    long later = NOW + 100 * DialPace.PAUSE;

    assertThat(pace.ask(later, later)).isTrue();
    assertThat(pace.ask(later, later)).isFalse();
  }

  @Test
  void whatIsClosedMayBeReplacedAtOnce() {
    begin(DialPace.FEW);
    pace.ended();

    assertThat(pace.ask(NOW, FOR_LONG)).isTrue();
    assertThat(pace.ask(NOW, FOR_LONG)).isTrue();
  }

  private void assertOneNowAndThen(long wantedSince) {
    assertThat(pace.ask(NOW, wantedSince)).isTrue();
    assertThat(pace.ask(NOW, wantedSince)).isFalse();
    assertThat(pace.ask(NOW + DialPace.PAUSE - 1, NOW)).isFalse();
    assertThat(pace.ask(NOW + DialPace.PAUSE, NOW)).isTrue();
  }

  private void begin(int connections) {
    for (int i = 0; i < connections; i++) {
      pace.begun();
    }
  }
}
