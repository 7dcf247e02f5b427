package com.poolbrain.webhooks.http.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SenderRatesTest {

  private final AtomicLong now = new AtomicLong();

  /// 10 bytes per second, 20 at once.
  private final SenderRates rates = new SenderRates(10, 20, now::get);

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void bytes_beyond_the_burst_wait_as_long_as_the_rate_says() {
    assertThat(rates.take("a", 20)).isZero();
    assertThat(rates.take("a", 10)).isEqualTo(Duration.ofSeconds(1));
    assertThat(rates.take("a", 30)).isEqualTo(Duration.ofSeconds(4));

    pass(6);

    assertThat(rates.take("a", 20)).isZero();
  }

  @Test
  void pause_of_any_length_allows_one_burst() {
    rates.take("a", 20);

    pass(1_000);

    assertThat(rates.take("a", 20)).isZero();
    assertThat(rates.take("a", 10)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void another_sender_has_its_own_rate() {
    rates.take("a", 1_000);

    assertThat(rates.take("b", 20)).isZero();
  }
}
