package com.poolbrain.webhooks.domain.notice;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How often mails are sent and tried again.
public final class MailPace {

  /// The shortest time between two mails about the same endpoint and kind to one address.
  public static final Duration SAME_NOTICE = Duration.ofHours(1);

  /// Over how long the mails to one address are counted.
  public static final Duration ADDRESS_WINDOW = Duration.ofHours(1);

  /// After how long a notice that could not be sent is no longer worth sending.
  public static final Duration MAX_AGE = Duration.ofDays(2);

  private static final Duration FIRST_ADDRESS_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_ADDRESS_PAUSE = Duration.ofMinutes(15);
  private static final Duration FIRST_SERVER_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_SERVER_PAUSE = Duration.ofMinutes(1);
  private static final Duration FIRST_MAIL_PAUSE = Duration.ofMinutes(1);
  private static final Duration MAX_MAIL_PAUSE = Duration.ofMinutes(30);

  private MailPace() {}

  /// When the next mail may go to an address. The more mails it got within [#ADDRESS_WINDOW], the
  /// longer the pause, in which its notices gather for one mail.
  ///
  /// @param mails that it got in the window
  /// @param lastMailAt null if it got none
  public static Instant nextTo(int mails, @Nullable Instant lastMailAt, Instant now) {
    return mails == 0 || lastMailAt == null
        ? now
        : lastMailAt.plus(doubled(FIRST_ADDRESS_PAUSE, mails, MAX_ADDRESS_PAUSE));
  }

  /// How long to wait for a mail server that is unavailable.
  ///
  /// @param failures in a row, at least 1
  public static Duration untilServerRetry(int failures) {
    return doubled(FIRST_SERVER_PAUSE, failures, MAX_SERVER_PAUSE);
  }

  /// How long to wait before a mail that the server deferred.
  ///
  /// @param attempts of this mail, at least 1
  public static Duration untilMailRetry(int attempts) {
    return doubled(FIRST_MAIL_PAUSE, attempts, MAX_MAIL_PAUSE);
  }

  /// The first pause, doubled after each but the first time.
  private static Duration doubled(Duration first, int times, Duration max) {
    Duration pause = first;
    for (int i = 1; i < times && pause.compareTo(max) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(max) > 0 ? max : pause;
  }
}
