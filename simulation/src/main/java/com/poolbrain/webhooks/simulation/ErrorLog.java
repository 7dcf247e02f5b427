package com.poolbrain.webhooks.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// A log that keeps errors alone: the engine logs one where it met a bug and went on. Of use where
/// one story plays at a time.
public final class ErrorLog implements SLF4JServiceProvider {

  private static final List<String> ERRORS = new ArrayList<>();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdcAdapter = new NOPMDCAdapter();
  private final Logger logger = new ErrorLogger();

  /// Made by SLF4J, which finds it by its name.
  public ErrorLog() {}

  /// What was logged since this was last asked.
  static List<String> drain() {
    List<String> drained = List.copyOf(ERRORS);
    ERRORS.clear();
    return drained;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return _ -> logger;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdcAdapter;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // All is there.
  }

  private static final class ErrorLogger extends AbstractLogger {

    private static final long serialVersionUID = 1L;

    @Override
    protected String getFullyQualifiedCallerName() {
      return ErrorLog.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable cause) {
      String message = MessageFormatter.basicArrayFormat(pattern, arguments);
      ERRORS.add(cause == null ? message : message + ": " + cause);
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isTraceEnabled(@Nullable Marker marker) {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled(@Nullable Marker marker) {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled(@Nullable Marker marker) {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled(@Nullable Marker marker) {
      return false;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled(@Nullable Marker marker) {
      return true;
    }
  }
}
