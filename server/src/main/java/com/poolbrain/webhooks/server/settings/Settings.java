package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All settings of the service.
///
/// ```java
/// Settings settings = Settings.read(System.getenv(), null);
/// ```
///
/// @param mail the mail server for notices; null if none is set
public record Settings(
    HttpSettings http,
    StoreSettings store,
    KeySettings keys,
    DeliverySettings delivery,
    LogSettings log,
    @Nullable MailSettings mail) {

  /// The environment variable that names a properties file.
  public static final String CONFIG_VARIABLE = "WEBHOOKS_CONFIG";

  /// Environment variables that are no settings: of the launcher and the command line, and the one
  /// that names the properties file.
  static final Set<String> OTHER_VARIABLES =
      Set.of(CONFIG_VARIABLE, "WEBHOOKS_NO_AOT", "WEBHOOKS_URL", "WEBHOOKS_KEY");

  /// The address of the API.
  ///
  /// @param publicUrl URL for links in notices, without a slash at the end; null if it is not set
  /// @param trustedProxies networks of proxies whose `X-Forwarded-For` names the client
  public record HttpSettings(
      String host,
      int port,
      @Nullable URI publicUrl,
      List<Cidr> trustedProxies,
      PageSettings page) {}

  /// The settings page and the support console.
  ///
  /// @param embedOrigins origins whose pages may embed the page in a frame
  /// @param styleguide whether its components are shown at `/styleguide`
  public record PageSettings(List<String> embedOrigins, boolean styleguide) {}

  /// The database, and how long it keeps events.
  ///
  /// @param externalDatabase null for an embedded database in `dataDir`
  /// @param retentionDays whole days before today that are kept
  public record StoreSettings(
      @Nullable ExternalDatabase externalDatabase, Path dataDir, int retentionDays) {}

  /// A PostgreSQL that the service connects to and does not run itself.
  public record ExternalDatabase(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
      return "ExternalDatabase[user=" + user + "]";
    }
  }

  /// Configured keys.
  ///
  /// @param masterKey base64 of 32 bytes; null to generate one
  /// @param previousMasterKeys earlier master keys, which stored secrets may still be encrypted
  ///   with
  /// @param adminKey the first operator key; null to generate one
  public record KeySettings(
      @Nullable String masterKey, List<String> previousMasterKeys, @Nullable String adminKey) {
    @Override
    public String toString() {
      return "KeySettings[hidden]";
    }
  }

  /// Scheduling of attempts, and their way to the endpoints.
  public record DeliverySettings(EngineSettings engine, EgressSettings egress) {}

  /// Limits of outgoing connections.
  ///
  /// @param allowedNetworks networks that endpoints may be in although they are private or loopback
  /// @param deniedNetworks networks that endpoints may not be in, even if they are public or
  ///   allowed
  /// @param extraCaCertificates trusted in addition to those of the JDK
  /// @param proxy null for direct connections
  public record EgressSettings(
      List<Cidr> allowedNetworks,
      List<Cidr> deniedNetworks,
      boolean allowHttp,
      List<X509Certificate> extraCaCertificates,
      @Nullable EgressProxy proxy) {}

  /// Format and lowest level of the log.
  public record LogSettings(LogFormat format, LogLevel level) {}

  /// The mail server for notices, and their sender address.
  public record MailSettings(URI server, String from) {
    @Override
    public String toString() {
      return "MailSettings[from=" + from + "]";
    }
  }

  /// Reads all settings from an environment and, if given, a properties file. The environment
  /// overrides the file.
  ///
  /// @param config the file; null for the file that [#CONFIG_VARIABLE] names, if any
  /// @throws SettingsException if a setting is unknown or invalid; the message names all of them
  public static Settings read(Map<String, String> environment, @Nullable Path config) {
    Path file = configFile(environment, config);
    RawSettings rawSettings =
        new RawSettings(environment, file == null ? Map.of() : readProperties(file));
    Settings settings = new SettingsReader(rawSettings).read();
    if (!rawSettings.errors().isEmpty()) {
      throw new SettingsException(rawSettings.errors());
    }
    return settings;
  }

  /// The properties file that [#read] reads; null if there is none.
  public static @Nullable Path configFile(Map<String, String> environment, @Nullable Path config) {
    String configuredFile = environment.get(CONFIG_VARIABLE);
    return config != null || configuredFile == null || configuredFile.isBlank()
        ? config
        : Path.of(configuredFile);
  }

  private static Map<String, String> readProperties(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          List.of("Can't read the settings file " + file + ": " + e.getMessage() + "."));
    }
    var values = new HashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }
}
