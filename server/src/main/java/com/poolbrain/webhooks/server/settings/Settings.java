package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.transport.EgressProxy;
import com.poolbrain.webhooks.transport.address.Cidr;
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
import org.jspecify.annotations.Nullable;

/// All settings of the service.
///
/// ```java
/// Settings settings = Settings.read(System.getenv(), null);
/// ```
public record Settings(
    HttpSettings http,
    StoreSettings store,
    KeySettings keys,
    DeliverySettings delivery,
    LogSettings log) {

  /// The environment variable that names a properties file.
  public static final String CONFIG_VARIABLE = "WEBHOOKS_CONFIG";

  /// Where the API is.
  ///
  /// @param publicUrl how others reach it, without a slash at the end; null if it was not said
  public record HttpSettings(String host, int port, @Nullable URI publicUrl) {}

  /// Where everything is kept.
  ///
  /// @param externalDatabase the database; null for an embedded one in `dataDir`
  /// @param retentionDays whole days before today that are kept
  public record StoreSettings(
      @Nullable ExternalDatabase externalDatabase, Path dataDir, int retentionDays) {}

  /// A PostgreSQL that somebody else runs.
  public record ExternalDatabase(String jdbcUrl, String user, String password) {
    @Override
    public String toString() {
      return "External[as " + user + "]";
    }
  }

  /// The keys that were set.
  ///
  /// @param masterKey base64 of 32 bytes; null to generate one
  /// @param previousMasterKeys earlier ones, which old secrets may still be encrypted with
  /// @param adminKey the first operator key; null to generate one
  public record KeySettings(
      @Nullable String masterKey, List<String> previousMasterKeys, @Nullable String adminKey) {
    @Override
    public String toString() {
      return "Keys[hidden]";
    }
  }

  /// How deliveries are made.
  public record DeliverySettings(EngineSettings engine, EgressSettings egress) {}

  /// Where requests to endpoints may go, and how.
  ///
  /// @param allowedNetworks that endpoints may be in although they are private or loopback
  /// @param extraCaCertificates trusted besides those of the JDK
  public record EgressSettings(
      List<Cidr> allowedNetworks,
      boolean allowHttp,
      List<X509Certificate> extraCaCertificates,
      @Nullable EgressProxy proxy) {}

  /// How people are told.
  ///
  /// @param mail the way for notices; null if there is none
  public record LogSettings(LogFormat logFormat, LogLevel logLevel, @Nullable MailSettings mail) {}

  /// A mail server.
  public record MailSettings(URI server, String from) {
    @Override
    public String toString() {
      return "Mail[from " + from + "]";
    }
  }

  /// Reads the settings of an environment, and of a properties file if it or the caller names one.
  ///
  /// @param config the file; null for the one of [#CONFIG_VARIABLE], if any
  /// @throws SettingsException if something is unknown or impossible, naming it and what is allowed
  public static Settings read(Map<String, String> environment, @Nullable Path config) {
    String configuredFile = environment.get(CONFIG_VARIABLE);
    Path file =
        config != null || configuredFile == null || configuredFile.isBlank()
            ? config
            : Path.of(configuredFile);
    RawSettings rawSettings =
        new RawSettings(environment, file == null ? Map.of() : readProperties(file));
    Settings settings = new SettingsReader(rawSettings).read();
    if (!rawSettings.errors().isEmpty()) {
      throw new SettingsException(rawSettings.errors());
    }
    return settings;
  }

  private static Map<String, String> readProperties(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          List.of("The settings file " + file + " can't be read: " + e.getMessage() + "."));
    }
    var values = new HashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }
}
