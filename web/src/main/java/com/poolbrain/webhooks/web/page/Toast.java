package com.poolbrain.webhooks.web.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the last form did, in words.
public enum Toast {
  WEBHOOKS_ON("Webhooks are on"),
  WEBHOOKS_OFF("Webhooks are off"),
  ENDPOINT_CREATED("Endpoint created"),
  ENDPOINT_SAVED("Endpoint saved"),
  ENDPOINT_UNCHANGED("Nothing was changed"),
  ENDPOINT_PAUSED("Endpoint paused"),
  ENDPOINT_RESUMED("Endpoint resumed"),
  ENDPOINT_DELETED("Endpoint deleted"),
  SECRET_ROLLED("New secret made; install it before you activate it"),
  ROLL_CANCELLED("The new secret was dropped"),
  SECRET_ACTIVATED("The new secret is active"),
  PREVIOUS_REVOKED("The previous secret no longer signs"),
  DELIVERY_REDELIVERED("Redelivery started"),
  DELIVERY_CANCELLED("Delivery cancelled"),
  JOB_STARTED("Job started"),
  JOB_CANCELLED("Job cancelled"),
  ZONE_CHANGED("Times are shown in the chosen zone");

  private final String text;

  Toast(String text) {
    this.text = text;
  }

  /// The sentence.
  public String text() {
    return text;
  }

  /// The toast of a query parameter; null for any other text.
  static @Nullable Toast of(String parameter) {
    for (Toast toast : values()) {
      if (toast.parameter().equals(parameter)) {
        return toast;
      }
    }
    return null;
  }

  /// The value of the query parameter `done`.
  String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
