package com.poolbrain.webhooks.e2e.house;

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
public record Setup(Map<String, String> environment) {

  /// The operator key of every service here.
  public static final String ADMIN_KEY = "pbk_the-operator-of-all-tests";

  private static final Path AUTHORITY = writeAuthority();

  private static final int FEW = 32;

  /// Results that a service with [#fewInFlight] may forget with one of its lives, and so what one
  /// fault may repeat: of attempts that run at the same time, and of those that wait to be
  /// recorded.
  public static final int UNRECORDED = 4 * FEW;

  private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  public Setup {
    environment = Map.copyOf(environment);
  }

  /// A service that may deliver to loopback, and retries fast. What gives up an attempt early,
  /// while the machine stands still, sends it twice: whoever wants that says so at the endpoint.
  private static Setup local() {
    return new Setup(
        Map.of(
            "WEBHOOKS_PORT", "0",
            "WEBHOOKS_ADMIN_KEY", ADMIN_KEY,
            "WEBHOOKS_MASTER_KEY", MASTER_KEY,
            "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
            "WEBHOOKS_EXTRA_CA", AUTHORITY.toString(),
            "WEBHOOKS_RETRY_SCHEDULE", "50ms,100ms,150ms",
            "WEBHOOKS_ATTEMPT_TIMEOUT", "30s"));
  }

  /// On a database that somebody else runs.
  public static Setup on(DatabaseSettings database) {
    return local()
        .with("WEBHOOKS_DATABASE_URL", database.jdbcUrl())
        .with("WEBHOOKS_DATABASE_USER", database.user())
        .with("WEBHOOKS_DATABASE_PASSWORD", database.password());
  }

  /// With an embedded database.
  public static Setup in(Path dataFolder) {
    return local().with("WEBHOOKS_DATA_DIR", dataFolder.toString());
  }

  /// The same but for one variable.
  public Setup with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(variable, value);
    return new Setup(changed);
  }

  /// The same with few attempts at a time, so that little is under way when something fails.
  public Setup fewInFlight() {
    return with("WEBHOOKS_MAX_IN_FLIGHT", Integer.toString(FEW));
  }

  /// The same without one variable.
  public Setup without(String variable) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.remove(variable);
    return new Setup(changed);
  }

  /// Written once: services that were started before may still be about to read it.
  private static Path writeAuthority() {
    try {
      Path file = Files.createDirectories(Path.of("target")).resolve("authority.pem");
      return Files.writeString(file, Consumer.AUTHORITY.pem()).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
