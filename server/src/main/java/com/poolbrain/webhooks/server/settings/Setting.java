package com.poolbrain.webhooks.server.settings;

import java.util.Locale;

/// Everything that can be set: environment variables, and the same names lower-case with dots in a
/// properties file.
public enum Setting {
  PORT("8080", "where the API listens; 0 for any free port"),
  HOST("127.0.0.1", "the address it listens at"),
  PUBLIC_URL("", "how others reach it; used in links and e-mails"),
  DATABASE_URL("", "jdbc:postgresql://host:port/name of PostgreSQL 15 or newer; unset: an own one"),
  DATABASE_USER("", "who the database knows us as"),
  DATABASE_PASSWORD("", "the password of that user"),
  DATA_DIR("./data", "embedded database and generated keys"),
  MASTER_KEY("", "base64 of 32 bytes; encrypts secrets. Generated for the embedded database"),
  PREVIOUS_MASTER_KEYS("", "earlier master keys, separated by commas, to rotate"),
  ADMIN_KEY("", "the first operator key. Generated for the embedded database"),
  RETRY_SCHEDULE("5m,10m,30m", "the wait before each retry, separated by commas"),
  RETRY_JITTER("0.1", "the largest share that is added to a wait"),
  ATTEMPT_TIMEOUT("10s", "for a whole attempt, 1s to 30s"),
  ALLOWED_NETWORKS("", "networks that endpoints may be in although they are private; development"),
  ALLOW_HTTP("false", "whether endpoints may be plain http, and then at loopback addresses only"),
  EXTRA_CA("", "PEM file of additional trusted authorities"),
  EGRESS_PROXY("", "HTTP CONNECT proxy for deliveries"),
  LEASE("15s", "how long a node that went silent keeps its deliveries"),
  MAX_IN_FLIGHT("2000", "attempts at a time"),
  ENDPOINT_CONCURRENCY("16", "attempts at a time to one endpoint"),
  RETENTION("30d", "how long events and deliveries are kept: whole days, at least 2d"),
  SMTP_URL("", "the mail server for notices"),
  MAIL_FROM("", "who notices come from"),
  LOG_FORMAT("text", "text or json"),
  LOG_LEVEL("info", "debug for every attempt, info for failures, warn for trouble of the service");

  static final String PREFIX = "WEBHOOKS_";

  private final String defaultValue;
  private final String description;

  Setting(String defaultValue, String description) {
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /// The environment variable.
  public String environmentName() {
    return PREFIX + name();
  }

  /// The name in a properties file.
  public String propertyName() {
    return environmentName().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// What holds if it is not set; empty for nothing.
  public String defaultValue() {
    return defaultValue;
  }

  /// What it is for.
  public String description() {
    return description;
  }
}
