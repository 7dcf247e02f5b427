package com.poolbrain.webhooks.domain.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailPaceTest {

  private static final Instant NOW = Instant.parse("2026-02-13T06:00:00Z");

  @Test
  void first_mail_to_an_address_waits_for_nothing() {
    assertThat(MailPace.nextTo(0, null, NOW)).isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "3, 20", "8, 640", "9, 900", "1000000, 900"})
  void pause_after_a_mail_doubles_with_each_one_of_the_last_hour(int mails, long seconds) {
    assertThat(MailPace.nextTo(mails, NOW, NOW)).isEqualTo(NOW.plusSeconds(seconds));
  }

  @Test
  void one_address_gets_at_most_a_dozen_mails_an_hour() {
    Instant last = NOW;
    int mails = 1;
    while (true) {
      Instant next = MailPace.nextTo(mails, last, last);
      if (next.isAfter(NOW.plus(MailPace.ADDRESS_WINDOW))) {
        break;
      }
      mails++;
      last = next;
    }
    assertThat(mails).isEqualTo(11);
  }

  @Test
  void server_that_was_away_for_long_is_tried_every_minute() {
    assertThat(MailPace.untilServerRetry(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(MailPace.untilServerRetry(500)).isEqualTo(Duration.ofMinutes(1));
    assertThat(MailPace.untilMailRetry(1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(MailPace.untilMailRetry(500)).isEqualTo(Duration.ofMinutes(30));
  }
}
