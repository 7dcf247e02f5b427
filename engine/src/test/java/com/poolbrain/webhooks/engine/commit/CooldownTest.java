package com.poolbrain.webhooks.engine.commit;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CooldownTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long BUSY_COMPANY = 1;
  private static final long OTHER_COMPANY = 2;

  private final NoisyCompanyCooldown cooldown = new NoisyCompanyCooldown(100);

  @Test
  void single_active_company_never_cools_down() {
    cooldown.recordActivity(BUSY_COMPANY, 0);
    cooldown.recordActivity(BUSY_COMPANY, 5);
    cooldown.recordBatch(List.of(new TestEntry(BUSY_COMPANY, 200, 0)), 10, 20);

    assertThat(cooldown.remainingNanos(BUSY_COMPANY, 20)).isZero();
    assertThat(cooldown.mayAddMore(200, 20)).isTrue();
  }

  @Test
  void full_share_cools_down_for_nine_times_its_part_of_the_batch_time() {
    recordActivityOfBoth(0);
    cooldown.recordBatch(
        List.of(new TestEntry(BUSY_COMPANY, 150, 0), new TestEntry(OTHER_COMPANY, 50, 0)),
        1_000,
        1_400);

    assertThat(cooldown.remainingNanos(BUSY_COMPANY, 1_400)).isEqualTo(9 * 400 * 150 / 200);
    assertThat(cooldown.remainingNanos(BUSY_COMPANY, 1_400 + 2_699)).isEqualTo(1);
    assertThat(cooldown.remainingNanos(BUSY_COMPANY, 1_400 + 2_700)).isZero();
    assertThat(cooldown.remainingNanos(OTHER_COMPANY, 1_400)).isZero();
  }

  @Test
  void small_entries_of_a_company_count_together() {
    recordActivityOfBoth(0);
    cooldown.recordBatch(nCopies(100, new TestEntry(BUSY_COMPANY, 1, 0)), 0, 10);

    assertThat(cooldown.remainingNanos(BUSY_COMPANY, 10)).isEqualTo(90);
  }

  @Test
  void company_is_limited_to_its_share_while_others_are_active() {
    recordActivityOfBoth(0);

    assertThat(cooldown.mayAddMore(99, 0)).isTrue();
    assertThat(cooldown.mayAddMore(100, 0)).isFalse();
  }

  @Test
  void share_limit_ends_when_other_companies_become_inactive() {
    recordActivityOfBoth(0);

    assertThat(cooldown.mayAddMore(100, SECOND)).isTrue();
  }

  @Test
  void cooldown_applies_again_when_contention_returns() {
    recordActivityOfBoth(0);
    recordActivityOfBoth(2 * SECOND);
    cooldown.recordBatch(List.of(new TestEntry(BUSY_COMPANY, 100, 0)), 2 * SECOND, 2 * SECOND + 10);

    assertThat(cooldown.remainingNanos(BUSY_COMPANY, 2 * SECOND + 10)).isEqualTo(90);
  }

  @Test
  void cooldown_after_a_slow_batch_is_capped() {
    recordActivityOfBoth(0);
    cooldown.recordBatch(List.of(new TestEntry(BUSY_COMPANY, 100, 0)), 0, SECOND / 2);

    assertThat(cooldown.remainingNanos(BUSY_COMPANY, SECOND / 2))
        .isEqualTo(NoisyCompanyCooldown.MAX_COOLDOWN_NANOS);
  }

  private void recordActivityOfBoth(long now) {
    cooldown.recordActivity(BUSY_COMPANY, now);
    cooldown.recordActivity(OTHER_COMPANY, now);
  }
}
