package com.poolbrain.webhooks.management.probe;

import com.poolbrain.webhooks.engine.request.EndpointProbe;

/// What is known of the URL of an endpoint before it is saved.
public sealed interface UrlCheck {

  /// It breaks a rule, so it can't be saved.
  record Invalid(String detail) implements UrlCheck {}

  /// It keeps the rules; nothing was connected to.
  record Valid() implements UrlCheck {}

  /// It keeps the rules, and was probed. What failed is a warning: it does not prevent saving.
  record Probed(EndpointProbe.Result result) implements UrlCheck {}

  /// It keeps the rules; the session has probed too many URLs within a minute.
  record TooMany() implements UrlCheck {}
}
