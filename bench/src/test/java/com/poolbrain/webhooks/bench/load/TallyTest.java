package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final long SENT = 1_000_000_000L;

  private final Tally tally = new Tally(10, 2);

  private void publish(int events) {
    int first = tally.next(events);
    tally.scheduled(first, events, SENT);
    tally.answered(first, events, 2, 202, SENT + 1_000_000);
  }

  @Test
  void everyCopyCountsOnceAndWhatIsMissingIsLost() {
    publish(2);
    tally.received(0, 0, SENT + 5_000_000);
    tally.received(0, 1, SENT + 5_000_000);
    tally.received(1, 0, SENT + 5_000_000);

    assertThat(tally.accepted()).isEqualTo(2);
    assertThat(tally.received()).isEqualTo(3);
    assertThat(tally.missing()).isEqualTo(1);
    assertThat(tally.complete()).isFalse();
  }

  @Test
  void theSameCopyAgainIsADuplicateAndMakesUpForNoOther() {
    publish(1);
    tally.received(0, 1, SENT + 5_000_000);
    tally.received(0, 1, SENT + 6_000_000);

    assertThat(tally.duplicates()).isEqualTo(1);
    assertThat(tally.missing()).isEqualTo(1);
  }

  @Test
  void whatNobodyPublishedIsWrong() {
    publish(1);
    tally.received(-1, 0, SENT);
    tally.received(7, 0, SENT);
    tally.received(0, 2, SENT);

    assertThat(tally.wrong()).isEqualTo(3);
    assertThat(tally.received()).isZero();
  }

  @Test
  void whatWasRefusedIsNotExpected() {
    int first = tally.next(3);
    tally.scheduled(first, 3, SENT);
    tally.answered(first, 3, 2, 503, SENT);

    assertThat(tally.refused()).isEqualTo(3);
    assertThat(tally.complete()).isTrue();
    assertThat(tally.missing()).isZero();
  }

  @Test
  void timesCountFromTheScheduledMoment() {
    publish(1);
    tally.received(0, 0, SENT + 250_000_000);

    assertThat(tally.endToEndMicros().getMaxValue() / 1_000).isEqualTo(250);
  }

  @Test
  void thereAreNoMoreNumbersThanRoom() {
    assertThat(tally.next(8)).isZero();
    assertThat(tally.next(3)).isNegative();
    assertThat(tally.next(2)).isEqualTo(8);
  }

  @Test
  void whatWasNotAnsweredMayArriveAndMakesUpForNothingThatIsMissing() {
    publish(1);
    int first = tally.next(1);
    tally.scheduled(first, 1, SENT);
    tally.answered(first, 1, 2, 0, SENT);
    tally.received(first, 0, SENT);
    tally.received(first, 1, SENT);

    assertThat(tally.unanswered()).isEqualTo(1);
    assertThat(tally.refused()).isZero();
    assertThat(tally.complete()).isFalse();
    assertThat(tally.missingByEvent()).containsExactly(Map.entry(0, 2));
  }

  @Test
  void stragglersOfAnEarlierRunCountInNone() {
    Tally later = new Tally(100, 10, 1);
    int first = later.next(1);
    later.scheduled(first, 1, SENT);
    later.answered(first, 1, 1, 202, SENT);
    later.received(99, 0, SENT);
    later.received(first, 0, SENT);

    assertThat(first).isEqualTo(100);
    assertThat(later.received()).isEqualTo(1);
    assertThat(later.wrong()).isZero();
    assertThat(later.complete()).isTrue();
  }
}
