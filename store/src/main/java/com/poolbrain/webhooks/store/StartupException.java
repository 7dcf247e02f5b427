package com.poolbrain.webhooks.store;

import org.jspecify.annotations.Nullable;

/// Why the service can't start, in a sentence for the person who started it.
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupException(String sentence) {
    this(sentence, null);
  }

  public StartupException(String sentence, @Nullable Throwable cause) {
    super(sentence.replaceAll("\\s*\\R\\s*", " "), cause);
  }
}
