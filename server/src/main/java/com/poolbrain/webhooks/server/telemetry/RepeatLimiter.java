package com.poolbrain.webhooks.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes a warning or an error that repeats once, and then counts it: "… 214 more in 10 s".
///
/// Warnings are equal if they differ in their arguments only. Errors are equal if their whole texts
/// are, because their arguments name the delivery or the fault. A stack trace means a bug, so a
/// warning is written without one, in one line.
final class RepeatLimiter extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /// Further different warnings are written without being counted.
  private static final int MAX_COUNTED = 1_000;

  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private final Appender<ILoggingEvent> delegate;
  private final Timer timer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Repetition> repetitions = new HashMap<>();

  /// @param delegate writes the lines
  RepeatLimiter(Appender<ILoggingEvent> delegate, Timer timer) {
    this.delegate = delegate;
    this.timer = timer;
  }

  /// Runs a task once, after a delay.
  interface Timer {
    void schedule(Duration delay, Runnable task);
  }

  /// What repeated lines have in common.
  private record Key(String loggerName, Level level, @Nullable String text) {

    static Key of(ILoggingEvent event) {
      boolean isWarning = event.getLevel().equals(Level.WARN);
      return new Key(
          event.getLoggerName(),
          event.getLevel(),
          isWarning ? event.getMessage() : event.getFormattedMessage());
    }
  }

  /// The lines that were not written in this interval.
  private static final class Repetition {
    private int count;
    private @Nullable ILoggingEvent last;

    private void add(ILoggingEvent line) {
      count++;
      last = line;
    }

    /// Returns a line with the count, or null if there was no repetition, and starts at 0 again.
    private @Nullable ILoggingEvent takeSummary() {
      ILoggingEvent line = last;
      String text = " … " + count + " more in " + INTERVAL.toSeconds() + " s";
      count = 0;
      last = null;
      return line == null ? null : copy(line, line.getFormattedMessage() + text, Instant.now());
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      delegate.doAppend(event);
      return;
    }
    ILoggingEvent line = event.getLevel().equals(Level.WARN) ? toOneLine(event) : event;
    if (!isRepetition(Key.of(event), line)) {
      delegate.doAppend(line);
    }
  }

  private boolean isRepetition(Key key, ILoggingEvent line) {
    lock.lock();
    try {
      Repetition repetition = repetitions.get(key);
      if (repetition != null) {
        repetition.add(line);
        return true;
      }
      if (repetitions.size() < MAX_COUNTED) {
        repetitions.put(key, new Repetition());
        timer.schedule(INTERVAL, () -> endInterval(key));
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void endInterval(Key key) {
    ILoggingEvent summary = takeSummary(key);
    if (summary != null) {
      delegate.doAppend(summary);
    }
  }

  private @Nullable ILoggingEvent takeSummary(Key key) {
    lock.lock();
    try {
      Repetition repetition = repetitions.get(key);
      ILoggingEvent summary = repetition == null ? null : repetition.takeSummary();
      if (summary == null) {
        repetitions.remove(key);
      } else {
        timer.schedule(INTERVAL, () -> endInterval(key));
      }
      return summary;
    } finally {
      lock.unlock();
    }
  }

  /// Writes the counts of the present interval.
  @Override
  public void stop() {
    takeAllSummaries().forEach(delegate::doAppend);
    super.stop();
    delegate.stop();
  }

  private List<ILoggingEvent> takeAllSummaries() {
    lock.lock();
    try {
      List<ILoggingEvent> summaries = new ArrayList<>();
      for (Repetition repetition : repetitions.values()) {
        ILoggingEvent summary = repetition.takeSummary();
        if (summary != null) {
          summaries.add(summary);
        }
      }
      repetitions.clear();
      return summaries;
    } finally {
      lock.unlock();
    }
  }

  private static ILoggingEvent toOneLine(ILoggingEvent event) {
    String text = event.getFormattedMessage();
    IThrowableProxy cause = event.getThrowableProxy();
    if (cause != null) {
      text += ": " + cause.getClassName() + ": " + cause.getMessage();
    }
    return copy(event, LINE_BREAK.matcher(text).replaceAll(" "), event.getInstant());
  }

  private static ILoggingEvent copy(ILoggingEvent event, String text, Instant at) {
    LoggingEvent copy = new LoggingEvent();
    copy.setLoggerName(event.getLoggerName());
    copy.setLoggerContextRemoteView(event.getLoggerContextVO());
    copy.setLevel(event.getLevel());
    copy.setThreadName(event.getThreadName());
    copy.setMDCPropertyMap(Map.of()); // the service has no diagnostic context
    copy.setInstant(at);
    copy.setMessage(text);
    return copy;
  }
}
