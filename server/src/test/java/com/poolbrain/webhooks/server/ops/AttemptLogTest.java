package com.poolbrain.webhooks.server.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.AttemptFinished;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AttemptLogTest {

  private static final Instant NOW = Instant.parse("2026-02-13T06:42:24Z");
  private static final UUID ID = new UUID(0, 1);

  private final Logger logger = (Logger) LoggerFactory.getLogger("com.poolbrain.webhooks.attempts");

  /// Those of this thread: the service that tests share may still be at an attempt of another test.
  private final ListAppender<ILoggingEvent> lines =
      new ListAppender<>() {
        private final String own = Thread.currentThread().getName();

        @Override
        protected void append(ILoggingEvent line) {
          if (line.getThreadName().equals(own)) {
            super.append(line);
          }
        }
      };

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private void log(Outcome outcome, Verdict verdict, Trigger trigger, Settled settled) {
    var event = new Event(ID, 40, "customer.created", NOW, 1, "{\"secret\":1}".getBytes(UTF_8));
    var claim = new Claim(ID, event, ID, "customer.created", trigger, 0, 0, NOW);
    var attempt = new Attempt(ID, trigger, NOW, Duration.ofMillis(38), outcome);
    new AttemptLog().attempted(new AttemptFinished(claim, attempt, verdict, settled));
  }

  private String line(Level level) {
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getLevel()).isEqualTo(level);
    return lines.list.getFirst().getFormattedMessage();
  }

  @Test
  void aSuccessIsOneLineAtDebug() {
    log(
        new Outcome.Delivered(new Answer(204, "")),
        new Verdict.Done(),
        Trigger.AUTOMATIC,
        new Settled(ID, 1, DeliveryStatus.DELIVERED, false));
    assertThat(line(Level.DEBUG))
        .isEqualTo(
            "Attempt 1 of delivery 00000000-0000-0000-0000-000000000001 (customer.created, company"
                + " 40) to endpoint 00000000-0000-0000-0000-000000000001 answered 204 after 38 ms");
  }

  @Test
  void aFailureIsOneLineAtInfoThatSaysWhatHappensNext() {
    log(
        new Outcome.Failed(ErrorClass.SERVER_ERROR, new Answer(500, "a secret"), null),
        new Verdict.RetryAt(NOW.plusSeconds(300)),
        Trigger.AUTOMATIC,
        new Settled(ID, 2, DeliveryStatus.RETRYING, false));
    assertThat(line(Level.INFO))
        .startsWith("Attempt 2 of delivery ")
        .endsWith("failed by server_error (500) after 38 ms; next attempt at 2026-02-13T06:47:24Z")
        .doesNotContain("secret");
  }

  @Test
  void aFailedManualAttemptSaysThatNothingChanged() {
    log(
        new Outcome.Failed(ErrorClass.DNS),
        new Verdict.Unchanged(),
        Trigger.MANUAL,
        new Settled(ID, 5, DeliveryStatus.DELIVERED, false));
    assertThat(line(Level.INFO))
        .startsWith("Attempt 5 (manual) of ")
        .endsWith("failed by dns after 38 ms; the delivery stays delivered");
  }

  @Test
  void aLateFailureSaysThatAnotherNodeHasIt() {
    log(
        new Outcome.Failed(ErrorClass.DNS),
        new Verdict.GiveUp(),
        Trigger.AUTOMATIC,
        new Settled(ID, 4, DeliveryStatus.RETRYING, true));
    assertThat(line(Level.INFO)).endsWith("another node has taken the delivery over");
  }
}
