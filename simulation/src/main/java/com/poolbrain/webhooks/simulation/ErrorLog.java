package com.poolbrain.webhooks.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// An SLF4J provider that collects errors and drops the rest. The engine logs an error when it has
/// caught a bug and goes on. Only for one simulation at a time.
public final class ErrorLog implements SLF4JServiceProvider {

  private static final List<String> ERRORS = new ArrayList<>();

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdcAdapter = new NOPMDCAdapter();
  private final Logger logger = new ErrorLogger();

  /// Called by SLF4J, by class name.
  public ErrorLog() {}

  /// Removes and returns all errors.
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
    // Nothing to initialize.
  }

  private static final class ErrorLogger extends LegacyAbstractLogger {

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
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return false;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
