package com.poolbrain.webhooks.engine;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RestsTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LOUD = 1;
  private static final long QUIET = 2;

  private final Rests rests = new Rests(100);

  @Test
  void whoIsAloneNeverRests() {
    rests.handedIn(LOUD, 0);
    rests.handedIn(LOUD, 5);
    rests.had(List.of(new Parcel(LOUD, 200, 0)), 10, 20);

    assertThat(rests.left(LOUD, 20)).isZero();
    assertThat(rests.mayHaveMore(200, 20)).isTrue();
  }

  @Test
  void whoHadItsShareRestsNineTimesAsLongAsItsPartTook() {
    both(0);
    rests.had(List.of(new Parcel(LOUD, 150, 0), new Parcel(QUIET, 50, 0)), 1_000, 1_400);

    assertThat(rests.left(LOUD, 1_400)).isEqualTo(9 * 400 * 150 / 200);
    assertThat(rests.left(LOUD, 1_400 + 2_699)).isEqualTo(1);
    assertThat(rests.left(LOUD, 1_400 + 2_700)).isZero();
    assertThat(rests.left(QUIET, 1_400)).isZero();
  }

  @Test
  void manySmallEntriesCountAsOneLarge() {
    both(0);
    rests.had(nCopies(100, new Parcel(LOUD, 1, 0)), 0, 10);

    assertThat(rests.left(LOUD, 10)).isEqualTo(90);
  }

  @Test
  void aShareIsAllThatOneMayHaveWhileThereAreOthers() {
    both(0);

    assertThat(rests.mayHaveMore(99, 0)).isTrue();
    assertThat(rests.mayHaveMore(100, 0)).isFalse();
  }

  @Test
  void whoseNeighboursAreGoneMayHaveMoreAgain() {
    both(0);

    assertThat(rests.mayHaveMore(100, SECOND)).isTrue();
  }

  @Test
  void whoeverComesBackAmongOthersRestsAgain() {
    both(0);
    both(2 * SECOND);
    rests.had(List.of(new Parcel(LOUD, 100, 0)), 2 * SECOND, 2 * SECOND + 10);

    assertThat(rests.left(LOUD, 2 * SECOND + 10)).isEqualTo(90);
  }

  @Test
  void whatTakesLongIsNotTheProcessorsAndHoldsUpNobody() {
    both(0);
    rests.had(List.of(new Parcel(LOUD, 100, 0)), 0, SECOND / 2);

    assertThat(rests.left(LOUD, SECOND / 2)).isEqualTo(Rests.LONGEST);
  }

  private void both(long now) {
    rests.handedIn(LOUD, now);
    rests.handedIn(QUIET, now);
  }
}
