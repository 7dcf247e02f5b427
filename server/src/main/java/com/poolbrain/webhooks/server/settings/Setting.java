package com.poolbrain.webhooks.server.settings;

import java.util.Locale;

/// Names, defaults and descriptions of all settings. Each is an environment variable; a properties
/// file has the same names in lower case with dots.
public enum Setting {
  PORT("8080", "port of the API; 0 for any free port"),
  HOST("127.0.0.1", "address that the API listens on"),
  PUBLIC_URL(
      "", "external base URL of API and page, for links; unset: the address that it listens on"),
  EMBED_ORIGINS(
      "",
      "origins whose pages may embed the settings page in a frame, separated by commas; needs an https"
          + " WEBHOOKS_PUBLIC_URL"),
  STYLEGUIDE("false", "show the components of the page at /styleguide"),
  TRUSTED_PROXIES(
      "",
      "networks (CIDR) of reverse proxies, separated by commas: the X-Forwarded-For of their requests"
          + " names the client"),
  DATABASE_URL(
      "", "jdbc:postgresql://host:port/name of PostgreSQL 15 or newer; unset: embedded", true),
  DATABASE_USER("", "database user"),
  DATABASE_PASSWORD("", "password of the database user", true),
  DATA_DIR("./data", "folder of the embedded database and of generated keys"),
  MASTER_KEY("", "base64 of 32 bytes; encrypts secrets. Generated for the embedded database", true),
  PREVIOUS_MASTER_KEYS(
      "", "earlier master keys, separated by commas, while a rotation is under way", true),
  ADMIN_KEY("", "the first operator key. Generated for the embedded database", true),
  RETRY_SCHEDULE("5m,10m,30m", "delay before each retry, separated by commas"),
  RETRY_JITTER("0.1", "maximum jitter as a fraction of the delay, 0 to 1"),
  ATTEMPT_TIMEOUT("10s", "time limit of a whole attempt, 1s to 30s"),
  ALLOWED_NETWORKS(
      "", "private networks (CIDR) that endpoints may be in, separated by commas; for development"),
  DENIED_NETWORKS(
      "",
      "networks (CIDR) that are never connected to, separated by commas; stronger than allowed ones"),
  ALLOW_HTTP("false", "allow plain http for endpoints at loopback addresses; for development"),
  EXTRA_CA("", "PEM file of additional trusted certificate authorities"),
  EGRESS_PROXY("", "HTTP CONNECT proxy for deliveries, http://host:port", true),
  LEASE("15s", "lease of a node: its deliveries move to other nodes after this time of silence"),
  MAX_IN_FLIGHT("2000", "concurrent attempts of a node"),
  ENDPOINT_CONCURRENCY("16", "concurrent attempts to one endpoint"),
  RETENTION("30d", "how long events and deliveries are kept: whole days, at least 2d"),
  SMTP_URL(
      "",
      "mail server for notices, smtps://user:password@host:port, or smtp:// with STARTTLS, which only a"
          + " server on this machine may lack; needs WEBHOOKS_MAIL_FROM and WEBHOOKS_PUBLIC_URL",
      true),
  MAIL_FROM("", "sender address of notices"),
  LOG_FORMAT("text", "text or json"),
  LOG_LEVEL(
      "info", "debug for every attempt, info for failed attempts, warn for faults of the service");

  static final String PREFIX = "WEBHOOKS_";

  private final String defaultValue;
  private final String description;
  private final boolean secret;

  Setting(String defaultValue, String description) {
    this(defaultValue, description, false);
  }

  Setting(String defaultValue, String description, boolean secret) {
    this.defaultValue = defaultValue;
    this.description = description;
    this.secret = secret;
  }

  /// The environment variable.
  public String environmentName() {
    return PREFIX + name();
  }

  /// The name in a properties file.
  public String propertyName() {
    return environmentName().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /// The value of a setting that is not set; empty for none.
  public String defaultValue() {
    return defaultValue;
  }

  /// Purpose, for the documentation page.
  public String description() {
    return description;
  }

  /// Whether the value may hold a password or key, which no message repeats.
  boolean isSecret() {
    return secret;
  }
}
