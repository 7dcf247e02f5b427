package com.poolbrain.webhooks.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import com.poolbrain.webhooks.server.settings.LogFormat;
import com.poolbrain.webhooks.server.settings.Settings;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// Configures the log of this process, which goes to standard error.
public final class LogConfigurator {

  /// RFC 3339 with the offset, which the `ISO8601` of Logback lacks.
  private static final String TIME_PATTERN = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

  private static final String TEXT_PATTERN =
      "%d{" + TIME_PATTERN + "} %-5level %-24logger{0} %msg%n";

  /// Libraries whose info lines are left out.
  private static final List<String> NOISY_LIBRARIES =
      List.of("io.netty", "io.vertx", "com.zaxxer.hikari", "org.flywaydb", "com.networknt");

  private LogConfigurator() {}

  /// Replaces the configuration of `logback.xml`.
  public static void configure(Settings.LogSettings settings) {
    LoggerContext context = context();
    context.reset();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(createEncoder(settings.format(), context));
    console.start();
    var limiter =
        new RepeatLimiter(
            console,
            (delay, task) -> {
              ScheduledFuture<?> _ =
                  context
                      .getScheduledExecutorService()
                      .schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            });
    limiter.setContext(context);
    limiter.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.valueOf(settings.level().name()));
    root.addAppender(limiter);
    NOISY_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
  }

  /// Writes the counts of repeated lines, and ends the log.
  public static void close() {
    context().stop();
  }

  private static LoggerContext context() {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IllegalStateException("the SLF4J provider is not Logback");
    }
    return context;
  }

  static Encoder<ILoggingEvent> createEncoder(LogFormat format, LoggerContext context) {
    EncoderBase<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> {
            var layout = new PatternLayoutEncoder();
            layout.setPattern(TEXT_PATTERN);
            yield layout;
          }
          case JSON -> new JsonLineEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /// Writes the time as text, and the message with its arguments.
  private static final class JsonLineEncoder extends JsonEncoder {

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern(TIME_PATTERN).withZone(ZoneId.systemDefault());

    JsonLineEncoder() {
      setWithSequenceNumber(false);
      setWithTimestamp(false);
      setWithNanoseconds(false);
      setWithContext(false);
      setWithMDC(false);
      setWithFormattedMessage(true);
    }

    @Override
    protected void appendCustomFields(StringBuilder json, ILoggingEvent event) {
      json.append(",\"time\":\"").append(TIME.format(event.getInstant())).append('"');
    }
  }
}
