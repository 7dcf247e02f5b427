package com.poolbrain.webhooks.store;

import org.jspecify.annotations.Nullable;

/// Why the service can't start, in a sentence for the person who started it.
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    this(message, null);
  }

  public StartupException(String message, @Nullable Throwable cause) {
    super(message.replaceAll("\\s*\\R\\s*", " "), cause);
  }
}
