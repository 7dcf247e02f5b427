package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.signature.Secret;

/// The limits of the fields of an endpoint.
public final class EndpointLimits {

  /// Characters of a URL.
  public static final int MAX_URL_LENGTH = 2048;

  /// Names of events in one subscription.
  public static final int MAX_EVENT_NAMES = 200;

  /// Characters of a description.
  public static final int MAX_DESCRIPTION_LENGTH = 500;

  /// Characters of a secret that a customer chose.
  public static final int MIN_SECRET_LENGTH = 16;

  /// Different characters of a secret that a customer chose.
  public static final int MIN_SECRET_CHARACTERS = 8;

  /// Characters of any secret.
  public static final int MAX_SECRET_LENGTH = Secret.MAX_LENGTH;

  /// E-mail addresses that are told about the health of an endpoint.
  public static final int MAX_ALERT_EMAILS = 5;

  /// Shortest time for an attempt.
  public static final int MIN_TIMEOUT_SECONDS = 1;

  /// Longest time for an attempt.
  public static final int MAX_TIMEOUT_SECONDS = 30;

  /// Fewest attempts at a time.
  public static final int MIN_CONCURRENCY = 1;

  /// Most attempts at a time.
  public static final int MAX_CONCURRENCY = 256;

  /// Fewest attempts started per second.
  public static final double MIN_RATE_PER_SECOND = 0.001;

  /// Most attempts started per second.
  public static final int MAX_RATE_PER_SECOND = 10_000;

  private EndpointLimits() {}
}
