package com.poolbrain.webhooks.store;

import org.jspecify.annotations.Nullable;

/// The service can't start. The message is one sentence for the operator: what is wrong, what to
/// do.
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    this(message, null);
  }

  public StartupException(String message, @Nullable Throwable cause) {
    super(message.replaceAll("\\s*\\R\\s*", " "), cause);
  }
}
