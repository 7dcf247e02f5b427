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
import java.util.List;
import org.slf4j.LoggerFactory;

/// Configures the log of this process, which goes to standard error.
public final class LogConfigurator {

  private static final String TEXT_PATTERN = "%d{HH:mm:ss.SSS} %-5level %-24logger{0} %msg%n";

  /// Libraries whose info lines are left out.
  private static final List<String> NOISY_LIBRARIES =
      List.of("io.netty", "io.vertx", "com.zaxxer.hikari", "org.flywaydb", "com.networknt");

  private LogConfigurator() {}

  /// Replaces the configuration of `logback.xml`.
  public static void configure(Settings.LogSettings settings) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IllegalStateException("the SLF4J provider is not Logback");
    }
    context.reset();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(createEncoder(settings.format(), context));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.valueOf(settings.level().name()));
    root.addAppender(console);
    NOISY_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
  }

  private static Encoder<ILoggingEvent> createEncoder(LogFormat format, LoggerContext context) {
    EncoderBase<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> {
            var layout = new PatternLayoutEncoder();
            layout.setPattern(TEXT_PATTERN);
            yield layout;
          }
          case JSON -> new JsonEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
