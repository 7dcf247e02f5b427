package com.poolbrain.webhooks.server.settings;

import java.util.List;

/// Unknown or invalid settings; the message has one sentence for each.
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SettingsException(List<String> errors) {
    super(String.join(System.lineSeparator(), errors));
  }
}
