package com.poolbrain.webhooks.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatLimiterTest {

  private static final String PUBLISH_FAILED = "A publish answered 503: {}";

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("com.poolbrain.Publish");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Deque<Runnable> timers = new ArrayDeque<>();
  private final RepeatLimiter limiter = new RepeatLimiter(written, (_, task) -> timers.add(task));

  @BeforeEach
  void attach() {
    written.start();
    limiter.setContext(context);
    limiter.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(limiter);
  }

  /// Ends the present interval of 10 s.
  private void endInterval() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }

  private List<String> lines() {
    return written.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  @Test
  void repeated_warning_is_written_once_and_then_counted() {
    for (int i = 0; i <= 214; i++) {
      logger.warn(PUBLISH_FAILED, "disk full " + i);
    }
    assertThat(lines()).containsExactly("WARN A publish answered 503: disk full 0");

    endInterval();
    logger.warn(PUBLISH_FAILED, "disk full again");
    endInterval();

    assertThat(lines().subList(1, 3))
        .containsExactly(
            "WARN A publish answered 503: disk full 214 … 214 more in 10 s",
            "WARN A publish answered 503: disk full again … 1 more in 10 s");
    assertThat(written.list.getLast().getLoggerName()).isEqualTo(logger.getName());
  }

  @Test
  void warning_that_has_stopped_is_written_at_once_when_it_comes_back() {
    logger.warn(PUBLISH_FAILED, "first");
    endInterval();
    assertThat(timers).as("nothing is left to count").isEmpty();

    logger.warn(PUBLISH_FAILED, "second");

    assertThat(lines())
        .containsExactly(
            "WARN A publish answered 503: first", "WARN A publish answered 503: second");
  }

  @Test
  void different_warnings_are_counted_apart() {
    Logger other = context.getLogger("com.poolbrain.Other");
    other.addAppender(limiter);
    for (int i = 0; i < 2; i++) {
      logger.warn(PUBLISH_FAILED, i);
      logger.warn("The lease was lost");
      other.warn(PUBLISH_FAILED, i);
    }
    endInterval();

    assertThat(lines().subList(0, 3)).noneMatch(line -> line.contains("more in"));
    assertThat(lines().subList(3, 6)).allMatch(line -> line.endsWith(" … 1 more in 10 s"));
  }

  @Test
  void every_line_below_a_warning_is_written() {
    for (int i = 0; i < 3; i++) {
      logger.info("Attempt failed");
      logger.debug("Attempt succeeded");
    }

    assertThat(lines()).hasSize(6);
    assertThat(timers).isEmpty();
  }

  @Test
  void errors_that_name_different_faults_are_all_written() {
    for (int i = 0; i < 3; i++) {
      logger.error("GET /x answered 500, reported as fault {}", i, new IllegalStateException());
    }
    for (int i = 0; i < 3; i++) {
      logger.error("A background task failed", new IllegalStateException());
    }
    endInterval();

    assertThat(lines())
        .containsExactly(
            "ERROR GET /x answered 500, reported as fault 0",
            "ERROR GET /x answered 500, reported as fault 1",
            "ERROR GET /x answered 500, reported as fault 2",
            "ERROR A background task failed",
            "ERROR A background task failed … 2 more in 10 s");
    assertThat(written.list.subList(0, 4))
        .as("a stack trace means a bug")
        .allMatch(line -> line.getThrowableProxy() != null);
    assertThat(written.list.getLast().getThrowableProxy()).isNull();
  }

  @Test
  void warning_is_one_line_with_the_message_of_its_cause_and_no_stack_trace() {
    logger.warn(
        "{} - Connection marked as broken",
        "ledger",
        new IllegalStateException("FATAL: terminating\n  Detail: by an administrator"));

    assertThat(lines())
        .containsExactly(
            "WARN ledger - Connection marked as broken: java.lang.IllegalStateException:"
                + " FATAL: terminating Detail: by an administrator");
    assertThat(written.list.getFirst().getThrowableProxy()).isNull();
    assertThat(written.list.getFirst().getThreadName()).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void counts_are_written_when_the_log_ends() {
    logger.warn(PUBLISH_FAILED, "first");
    logger.warn(PUBLISH_FAILED, "second");

    limiter.stop();
    endInterval();

    assertThat(lines())
        .containsExactly(
            "WARN A publish answered 503: first",
            "WARN A publish answered 503: second … 1 more in 10 s");
    assertThat(written.isStarted()).isFalse();
  }

  @Test
  void more_different_warnings_than_are_counted_are_written_all_the_same() {
    for (int i = 0; i < 3_000; i++) {
      logger.warn("Text that was put together " + i);
    }

    assertThat(lines()).hasSize(3_000);
    assertThat(timers).hasSize(1_000);
  }
}
