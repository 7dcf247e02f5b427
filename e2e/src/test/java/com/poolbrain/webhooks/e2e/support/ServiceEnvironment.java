package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The settings of a service, as its user makes them: environment variables.
///
/// ```java
/// Setup.on(database.settings()).with("WEBHOOKS_LEASE", "1s")
/// ```
public record ServiceEnvironment(Map<String, String> variables) {

  /// The operator key of every service here.
  public static final String ADMIN_KEY = "pbk_the-operator-of-all-tests";

  private static final Path CA_FILE = writeCaFile();

  private static final int MAX_IN_FLIGHT = 32;

  /// Results that a service with [#withFewInFlight] may forget with one of its lives, and so what
  /// one fault may repeat: of attempts that run at the same time, and of those that wait to be
  /// recorded.
  public static final int MAX_UNRECORDED_RESULTS = 4 * MAX_IN_FLIGHT;

  private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  public ServiceEnvironment {
    variables = Map.copyOf(variables);
  }

  /// A service that may deliver to loopback, and retries fast. What gives up an attempt early,
  /// while the machine stands still, sends it twice: whoever wants that says so at the endpoint.
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

  /// On a database that somebody else runs.
  public static ServiceEnvironment onDatabase(DatabaseSettings database) {
    return base()
        .with("WEBHOOKS_DATABASE_URL", database.jdbcUrl())
        .with("WEBHOOKS_DATABASE_USER", database.user())
        .with("WEBHOOKS_DATABASE_PASSWORD", database.password());
  }

  /// With an embedded database.
  public static ServiceEnvironment withEmbeddedDatabase(Path dataFolder) {
    return base().with("WEBHOOKS_DATA_DIR", dataFolder.toString());
  }

  /// The same but for one variable.
  public ServiceEnvironment with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put(variable, value);
    return new ServiceEnvironment(changed);
  }

  /// The same with few attempts at a time, so that little is under way when something fails.
  public ServiceEnvironment withFewInFlight() {
    return with("WEBHOOKS_MAX_IN_FLIGHT", Integer.toString(MAX_IN_FLIGHT));
  }

  /// The same without one variable.
  public ServiceEnvironment without(String variable) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.remove(variable);
    return new ServiceEnvironment(changed);
  }

  /// Written once: services that were started before may still be about to read it.
  private static Path writeCaFile() {
    try {
      Path file = Files.createDirectories(Path.of("target")).resolve("authority.pem");
      return Files.writeString(file, TestConsumer.CA.pem()).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
