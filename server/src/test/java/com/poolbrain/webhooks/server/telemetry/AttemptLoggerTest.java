package com.poolbrain.webhooks.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AttemptLoggerTest {

  private static final Instant NOW = Instant.parse("2026-02-13T06:42:24Z");
  private static final UUID ID = new UUID(0, 1);

  private final Logger logger = (Logger) LoggerFactory.getLogger("com.poolbrain.webhooks.attempts");

  /// Lines of this thread only. The service that all tests share may log attempts meanwhile.
  private final ListAppender<ILoggingEvent> logEvents =
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
  void attachAppender() {
    logEvents.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(logEvents);
  }

  @AfterEach
  void detachAppender() {
    logger.detachAppender(logEvents);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private void log(
      Outcome outcome, Verdict verdict, Trigger trigger, RecordedResult recordedResult) {
    var event = new Event(ID, 40, "customer.created", NOW, 1, "{\"secret\":1}".getBytes(UTF_8));
    var claim = new Claim(ID, event, ID, "customer.created", trigger, 0, 0, NOW);
    var attempt = new Attempt(ID, trigger, NOW, Duration.ofMillis(38), outcome);
    new AttemptLogger()
        .onDeliveryRecorded(
            new DeliveryRecorded(new AttemptResult.Sent(claim, attempt, verdict), recordedResult));
  }

  private String onlyMessage(Level level) {
    assertThat(logEvents.list).hasSize(1);
    assertThat(logEvents.list.getFirst().getLevel()).isEqualTo(level);
    return logEvents.list.getFirst().getFormattedMessage();
  }

  @Test
  void success_is_logged_in_one_line_at_debug() {
    log(
        new Outcome.Delivered(new EndpointResponse(204, "")),
        new Verdict.Done(),
        Trigger.AUTOMATIC,
        new RecordedResult(ID, 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, false, false));
    assertThat(onlyMessage(Level.DEBUG))
        .isEqualTo(
            "Attempt 1 of delivery 00000000-0000-0000-0000-000000000001 (customer.created, company"
                + " 40) to endpoint 00000000-0000-0000-0000-000000000001 answered 204 after 38 ms");
  }

  @Test
  void failure_is_logged_in_one_line_at_info_with_the_next_step() {
    log(
        new Outcome.Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(500, "a secret"), null),
        new Verdict.RetryAt(NOW.plusSeconds(300)),
        Trigger.AUTOMATIC,
        new RecordedResult(ID, 2, DeliveryStatus.PENDING, DeliveryStatus.RETRYING, false, false));
    assertThat(onlyMessage(Level.INFO))
        .startsWith("Attempt 2 of delivery ")
        .endsWith(
            "failed by server_error (500) after 38 ms; next attempt at 2026-02-13T06:47:24Z. The endpoint"
                + " failed (5xx).")
        .doesNotContain("secret");
  }

  @Test
  void failed_manual_attempt_is_logged_with_the_unchanged_status() {
    log(
        new Outcome.Failed(ErrorClass.DNS),
        new Verdict.Unchanged(),
        Trigger.MANUAL,
        new RecordedResult(ID, 5, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, false, false));
    assertThat(onlyMessage(Level.INFO))
        .startsWith("Attempt 5 (manual) of ")
        .endsWith(
            "failed by dns after 38 ms; the delivery stays delivered. The host name could"
                + " not be resolved.");
  }

  @Test
  void late_failure_is_logged_as_owned_by_another_node() {
    log(
        new Outcome.Failed(ErrorClass.DNS),
        new Verdict.GiveUp(),
        Trigger.AUTOMATIC,
        new RecordedResult(ID, 4, DeliveryStatus.PENDING, DeliveryStatus.RETRYING, true, false));
    assertThat(onlyMessage(Level.INFO))
        .endsWith(
            "another node has taken the delivery over. The host name could" + " not be resolved.");
  }
}
