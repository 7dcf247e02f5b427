package com.poolbrain.webhooks.spring;

import org.jspecify.annotations.Nullable;

/// The application can't receive webhooks with its settings and handlers, so it does not start.
public final class WebhookConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  WebhookConfigurationException(String description, String action) {
    this(description, action, null);
  }

  WebhookConfigurationException(String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  /// What to do.
  public String action() {
    return action;
  }
}
