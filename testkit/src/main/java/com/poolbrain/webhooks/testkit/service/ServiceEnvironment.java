package com.poolbrain.webhooks.testkit.service;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Environment variables of a service under test.
///
/// ```java
/// ServiceEnvironment.onDatabase(url, user, password).with("WEBHOOKS_LEASE", "1s")
/// ```
public record ServiceEnvironment(Map<String, String> variables) {

  /// Operator key of every service under test.
  public static final String ADMIN_KEY = "pbk_the-operator-of-all-tests";

  private static final Path CA_FILE = HttpsReceiver.CA.pemFile();

  private static final int MAX_IN_FLIGHT = 32;

  /// Maximum number of results that a service with [#withFewInFlight] can lose when it is killed,
  /// and so the maximum number of duplicates of one fault: attempts in flight, and results that
  /// wait to be recorded.
  public static final int MAX_UNRECORDED_RESULTS = 4 * MAX_IN_FLIGHT;

  private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  public ServiceEnvironment {
    variables = Map.copyOf(variables);
  }

  /// A service that may deliver to loopback and retries fast. Its attempt time-out is long, because
  /// an attempt that times out on a stalled machine is sent twice.
  private static ServiceEnvironment base() {
    return new ServiceEnvironment(
        Map.of(
            "WEBHOOKS_PORT", "0",
            "WEBHOOKS_ADMIN_KEY", ADMIN_KEY,
            "WEBHOOKS_MASTER_KEY", MASTER_KEY,
            "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
            "WEBHOOKS_EXTRA_CA", CA_FILE.toString(),
            "WEBHOOKS_RETRY_SCHEDULE", "50ms,100ms,150ms",
            "WEBHOOKS_ATTEMPT_TIMEOUT", "30s"));
  }

  /// A service on an external database.
  public static ServiceEnvironment onDatabase(String jdbcUrl, String user, String password) {
    return base()
        .with("WEBHOOKS_DATABASE_URL", jdbcUrl)
        .with("WEBHOOKS_DATABASE_USER", user)
        .with("WEBHOOKS_DATABASE_PASSWORD", password);
  }

  /// A service with an embedded database.
  public static ServiceEnvironment withEmbeddedDatabase(Path dataFolder) {
    return base().with("WEBHOOKS_DATA_DIR", dataFolder.toString());
  }

  /// A copy with one variable added or replaced.
  public ServiceEnvironment with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put(variable, value);
    return new ServiceEnvironment(changed);
  }

  /// A copy with at most 32 attempts in flight, which bounds the duplicates of a fault.
  public ServiceEnvironment withFewInFlight() {
    return with("WEBHOOKS_MAX_IN_FLIGHT", Integer.toString(MAX_IN_FLIGHT));
  }

  /// A copy without one variable.
  public ServiceEnvironment without(String variable) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.remove(variable);
    return new ServiceEnvironment(changed);
  }
}
