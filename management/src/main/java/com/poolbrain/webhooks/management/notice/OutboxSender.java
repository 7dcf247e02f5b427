package com.poolbrain.webhooks.management.notice;

import com.poolbrain.webhooks.domain.notice.MailPace;
import com.poolbrain.webhooks.engine.mail.Mail;
import com.poolbrain.webhooks.engine.mail.MailResult;
import com.poolbrain.webhooks.engine.mail.MailServer;
import com.poolbrain.webhooks.store.notice.DueMail;
import com.poolbrain.webhooks.store.notice.NoticeOutbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the mails of the outbox, one at a time. Used by one thread.
///
/// A mail whose sending the process did not survive is not sent again, and neither is one whose
/// connection failed when it was under way. So no mail arrives twice.
final class OutboxSender {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);

  /// Between two mails: at most five a second.
  static final Duration MIN_PAUSE = Duration.ofMillis(200);

  private final NoticeOutbox outbox;
  private final MailServer server;
  private final MailWriter writer;
  private final InstantSource clock;
  private final MailCounts counts;
  private int failures;

  OutboxSender(
      NoticeOutbox outbox,
      MailServer server,
      MailWriter writer,
      InstantSource clock,
      MailCounts counts) {
    this.outbox = outbox;
    this.server = server;
    this.writer = writer;
    this.clock = clock;
    this.counts = counts;
  }

  /// Sends the next mail.
  ///
  /// @return how long to wait before the next call; null if no mail is due
  @Nullable Duration sendNext(UUID node) {
    String address = outbox.nextAddress(clock.instant());
    if (address == null) {
      server.disconnect();
      return null;
    }
    // Only then is the mail taken: a server that is away costs no notice its chance.
    String problem = server.connect();
    if (problem != null) {
      return waitForServer(problem);
    }
    if (failures > 0) {
      LOG.info("The mail server is available again.");
      failures = 0;
    }
    DueMail due = outbox.take(address, node, clock.instant());
    if (due == null) {
      return Duration.ZERO;
    }
    record(due, send(due));
    return MIN_PAUSE;
  }

  private Duration waitForServer(String problem) {
    failures++;
    if (failures == 1) {
      LOG.warn("The mail server is unavailable; notices wait for it: {}", problem);
    }
    return MailPace.untilServerRetry(failures);
  }

  private MailResult send(DueMail due) {
    Mail mail;
    try {
      mail = writer.write(due);
    } catch (RuntimeException bug) {
      LOG.error("The mail of {} notices could not be written", due.total(), bug);
      return new MailResult.Refused("it could not be written");
    }
    return server.send(mail);
  }

  private void record(DueMail due, MailResult result) {
    switch (result) {
      case MailResult.Accepted _ -> {
        counts.accepted.incrementAndGet();
        outbox.finish(due.address());
      }
      case MailResult.Refused(String reason) -> {
        counts.refused.incrementAndGet();
        LOG.warn("A mail of {} notices was refused: {}", due.total(), reason);
        outbox.finish(due.address());
      }
      case MailResult.Uncertain(String reason) -> {
        counts.uncertain.incrementAndGet();
        LOG.warn(
            "A mail of {} notices may not have arrived, and is not sent again: {}",
            due.total(),
            reason);
        outbox.finish(due.address());
      }
      case MailResult.Deferred(String reason) -> {
        counts.deferred.incrementAndGet();
        LOG.info("A mail of {} notices is sent later: {}", due.total(), reason);
        outbox.retry(due.address(), clock.instant().plus(MailPace.untilMailRetry(due.attempts())));
      }
    }
  }
}
