package com.poolbrain.webhooks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @TempDir private Path folder;

  private static Settings read(String... namesAndValues) {
    return Settings.read(environment(namesAndValues), null);
  }

  private static Map<String, String> environment(String... namesAndValues) {
    var environment = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return environment;
  }

  @Test
  void unset_settings_have_their_defaults() {
    Settings settings = read("PATH", "/bin", "webhooks_port", "of another program");
    assertThat(settings.http())
        .isEqualTo(
            new Settings.HttpSettings(
                "127.0.0.1", 8080, null, List.of(), new Settings.PageSettings(List.of(), false)));
    assertThat(settings.store().externalDatabase()).isNull();
    assertThat(settings.store().dataDir()).isEqualTo(Path.of("./data"));
    assertThat(settings.store().retentionDays()).isEqualTo(30);
    var engine = settings.delivery().engine();
    assertThat(engine.schedule().delays())
        .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30));
    assertThat(engine.schedule().jitter()).isEqualTo(0.1);
    assertThat(engine.attemptTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(engine.lease()).isEqualTo(Duration.ofSeconds(15));
    assertThat(engine.maxInFlight()).isEqualTo(2000);
    assertThat(engine.endpointConcurrency()).isEqualTo(16);
    assertThat(settings.delivery().egress().allowHttp()).isFalse();
    assertThat(settings.log().format()).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void every_setting_is_read_from_the_environment() {
    Settings settings =
        read(
            "WEBHOOKS_PORT", "0",
            "WEBHOOKS_HOST", "0.0.0.0",
            "WEBHOOKS_PUBLIC_URL", "https://hooks.example.com/",
            "WEBHOOKS_TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1",
            "WEBHOOKS_DATABASE_URL", "jdbc:postgresql://db/webhooks",
            "WEBHOOKS_DATABASE_USER", "u",
            "WEBHOOKS_DATABASE_PASSWORD", "p",
            "WEBHOOKS_MASTER_KEY", MASTER_KEY,
            "WEBHOOKS_PREVIOUS_MASTER_KEYS", MASTER_KEY + ", " + MASTER_KEY,
            "WEBHOOKS_ADMIN_KEY", "0123456789abcdef",
            "WEBHOOKS_RETRY_SCHEDULE", "500ms,1s, 2m,3h,4d",
            "WEBHOOKS_RETRY_JITTER", "0",
            "WEBHOOKS_ATTEMPT_TIMEOUT", "30s",
            "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8, ::1",
            "WEBHOOKS_DENIED_NETWORKS", "8.8.8.0/24,10.0.0.0/8,2001:67c:2b0:db32::/96",
            "WEBHOOKS_ALLOW_HTTP", "true",
            "WEBHOOKS_EGRESS_PROXY", "http://proxy:3128",
            "WEBHOOKS_LEASE", "1s",
            "WEBHOOKS_MAX_IN_FLIGHT", "1",
            "WEBHOOKS_ENDPOINT_CONCURRENCY", "1000",
            "WEBHOOKS_RETENTION", "240h",
            "WEBHOOKS_SMTP_URL", "smtp://mail",
            "WEBHOOKS_MAIL_FROM", "hooks@example.com",
            "WEBHOOKS_LOG_FORMAT", "json",
            "WEBHOOKS_LOG_LEVEL", "debug");
    assertThat(settings.http().publicUrl()).hasToString("https://hooks.example.com");
    assertThat(settings.http().trustedProxies()).hasSize(2);
    assertThat(settings.store().externalDatabase())
        .isEqualTo(new Settings.ExternalDatabase("jdbc:postgresql://db/webhooks", "u", "p"));
    assertThat(settings.store().retentionDays()).isEqualTo(10);
    assertThat(settings.keys().previousMasterKeys()).hasSize(2);
    assertThat(settings.delivery().engine().schedule().delays()).hasSize(5);
    assertThat(settings.delivery().egress().allowedNetworks()).hasSize(2);
    assertThat(settings.delivery().egress().deniedNetworks()).hasSize(3);
    assertThat(settings.mail()).isNotNull();
    assertThat(settings.toString()).doesNotContain(MASTER_KEY).doesNotContain("0123456789abcdef");
  }

  @Test
  void variables_of_launcher_and_command_line_are_ignored() {
    Settings settings =
        Settings.read(
            Map.of(
                "WEBHOOKS_NO_AOT", "1",
                "WEBHOOKS_URL", "http://127.0.0.1:8080",
                "WEBHOOKS_KEY", "key"),
            null);

    assertThat(settings).isEqualTo(Settings.read(Map.of(), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WEBHOOKS_PROT | 1 | Did you mean 'WEBHOOKS_PORT'?",
        "WEBHOOKS_COLOUR | 1 | There is no setting WEBHOOKS_COLOUR.",
        "WEBHOOKS_WHATEVER_ELSE | 1 | There is no setting WEBHOOKS_WHATEVER_ELSE.",
        "WEBHOOKS_PORT | 70000 | WEBHOOKS_PORT: must be a whole number from 0 to 65535, not '70000'.",
        "WEBHOOKS_PORT | x | must be a whole number",
        "WEBHOOKS_PUBLIC_URL | hooks.example.com | WEBHOOKS_PUBLIC_URL: must be a URL",
        "WEBHOOKS_PUBLIC_URL | https://u@under_score.example | WEBHOOKS_PUBLIC_URL: must be a URL",
        "WEBHOOKS_PUBLIC_URL | https://hooks.example.com:70000 | WEBHOOKS_PUBLIC_URL: must be a URL",
        "WEBHOOKS_TRUSTED_PROXIES | proxy.internal | WEBHOOKS_TRUSTED_PROXIES:",
        "WEBHOOKS_DATABASE_URL | postgres://db | must begin with jdbc:postgresql:",
        "WEBHOOKS_DATABASE_USER | u | goes with WEBHOOKS_DATABASE_URL",
        "WEBHOOKS_MASTER_KEY | c2hvcnQ= | base64 of 32 bytes",
        "WEBHOOKS_PREVIOUS_MASTER_KEYS | , | base64 of 32 bytes",
        "WEBHOOKS_ADMIN_KEY | short | 16 to 256 visible ASCII characters.",
        "WEBHOOKS_RETRY_SCHEDULE | 5m,,10m | must be a duration such as 500ms, 10s, 5m, 2h or 30d",
        "WEBHOOKS_RETRY_SCHEDULE | 0s | must be from 1ms to 30d",
        "WEBHOOKS_RETRY_JITTER | 1.5 | must be a fraction from 0 to 1",
        "WEBHOOKS_RETRY_JITTER | NaN | must be a fraction from 0 to 1",
        "WEBHOOKS_ATTEMPT_TIMEOUT | 31s | must be from 1s to 30s",
        "WEBHOOKS_ATTEMPT_TIMEOUT | 500ms | must be from 1s to 30s",
        "WEBHOOKS_ALLOWED_NETWORKS | 10.0.0.0/33 | WEBHOOKS_ALLOWED_NETWORKS:",
        "WEBHOOKS_ALLOWED_NETWORKS | 127.0.0.1/0 | has bits beyond its prefix",
        "WEBHOOKS_DENIED_NETWORKS | 10.0.0.1/8 | has bits beyond its prefix",
        "WEBHOOKS_ALLOW_HTTP | yes | must be true or false, not 'yes'.",
        "WEBHOOKS_EXTRA_CA | /nowhere/ca.pem | WEBHOOKS_EXTRA_CA: /nowhere/ca.pem can't be read",
        "WEBHOOKS_EGRESS_PROXY | proxy | a proxy is written http://host:port",
        "WEBHOOKS_LEASE | 0s | must be from 1s to 10m",
        "WEBHOOKS_MAX_IN_FLIGHT | 0 | must be a whole number from 1",
        "WEBHOOKS_ENDPOINT_CONCURRENCY | -1 | must be a whole number from 1",
        "WEBHOOKS_RETENTION | 1d | must be from 2d",
        "WEBHOOKS_RETENTION | 49h | must be whole days",
        "WEBHOOKS_SMTP_URL | mail | must be a URL such as smtps://",
        "WEBHOOKS_MAIL_FROM | a@b | WEBHOOKS_SMTP_URL: must be set too",
        "WEBHOOKS_MAIL_FROM | Pool <a@b> | must be an e-mail address",
        "WEBHOOKS_SMTP_URL | smtp://localhost | WEBHOOKS_PUBLIC_URL: must be set too",
        "WEBHOOKS_LOG_FORMAT | xml | must be text or json, not 'xml'."
      })
  void unknown_or_invalid_setting_is_rejected_with_what_is_allowed(
      String name, String value, String expectedMessage) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(expectedMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "3d, 24h, true",
    "3d, 24h1ms, false",
    "2d, 8h, true",
    "2d, 12h, true",
    "2d, 13h, false"
  })
  void schedule_that_may_outlast_the_retention_minus_a_day_is_refused(
      String retention, String delay, boolean isAccepted) {
    String schedule = delay.replace("24h1ms", "24h,1ms");
    if (isAccepted) {
      read("WEBHOOKS_RETENTION", retention, "WEBHOOKS_RETRY_SCHEDULE", schedule);
      return;
    }
    assertThatThrownBy(
            () -> read("WEBHOOKS_RETENTION", retention, "WEBHOOKS_RETRY_SCHEDULE", schedule))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("WEBHOOKS_RETRY_SCHEDULE: may take")
        .hasMessageContaining("doubled by Retry-After")
        .hasMessageContaining("lengthen WEBHOOKS_RETENTION");
  }

  @Test
  void all_invalid_settings_are_reported_at_once_without_secrets() {
    assertThatThrownBy(
            () -> read("WEBHOOKS_PORT", "x", "WEBHOOKS_LEASE", "x", "WEBHOOKS_ADMIN_KEY", "secret"))
        .hasMessageContainingAll("WEBHOOKS_PORT", "WEBHOOKS_LEASE", "WEBHOOKS_ADMIN_KEY")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WEBHOOKS_DATABASE_URL | jdbc:postgresql://u:SECRETWORD@127.0.0.1:1/x",
        "WEBHOOKS_DATABASE_URL | jdbc:postgresql://u:SEC/RETWORD@127.0.0.1:1/x",
        "WEBHOOKS_DATABASE_URL | jdbc:postgresql://127.0.0.1:1/x?ssl=true&password=SECRETWORD",
        "WEBHOOKS_DATABASE_URL | jdbc:postgresql://127.0.0.1:1/x?user=SECRETWORD",
        "WEBHOOKS_DATABASE_URL | mysql://u:SECRETWORD@127.0.0.1:1/x",
        "WEBHOOKS_PUBLIC_URL | https://u:SECRETWORD@hooks.example.com",
        "WEBHOOKS_PUBLIC_URL | https://hooks.example.com?password=SECRETWORD",
        "WEBHOOKS_PORT | http://u:SEC/RETWORD@hooks.example.com",
        "WEBHOOKS_EGRESS_PROXY | socks://u:SECRETWORD@proxy:1080",
        "WEBHOOKS_EGRESS_PROXY | http://u:SECRET^WORD@proxy:1080",
        "WEBHOOKS_SMTP_URL | https://u:SECRETWORD@mail:1080",
        "WEBHOOKS_MAIL_FROM | https://u:SECRETWORD@hooks@example.com",
      })
  void password_in_a_url_is_never_repeated(String name, String value) {
    assertThatThrownBy(() -> read(name, value, "WEBHOOKS_DATABASE_USER", "u"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(name)
        .message()
        .doesNotContain("RETWORD", "SECRET");
  }

  @Test
  void database_url_with_a_password_is_refused_with_the_variables_to_use() {
    assertThatThrownBy(
            () -> read("WEBHOOKS_DATABASE_URL", "jdbc:postgresql://u:SECRETWORD@127.0.0.1:1/x"))
        .hasMessageContaining(
            "WEBHOOKS_DATABASE_URL: must have the form jdbc:postgresql://host:5432/name, without"
                + " user and password: they go into WEBHOOKS_DATABASE_USER and"
                + " WEBHOOKS_DATABASE_PASSWORD.");
  }

  @Test
  void host_names_may_have_underscores() {
    Settings settings =
        read(
            "WEBHOOKS_PUBLIC_URL", "https://web_hooks.example.com",
            "WEBHOOKS_EGRESS_PROXY", "http://egress_proxy:3128",
            "WEBHOOKS_SMTP_URL", "smtps://mail_out:465",
            "WEBHOOKS_MAIL_FROM", "hooks@example.com");

    assertThat(settings.http().publicUrl()).hasToString("https://web_hooks.example.com");
    assertThat(settings.delivery().egress().proxy()).hasToString("http://egress_proxy:3128");
    assertThat(settings.mail()).isNotNull();
  }

  @Test
  void external_database_requires_a_user_and_a_master_key() {
    assertThatThrownBy(() -> read("WEBHOOKS_DATABASE_URL", "jdbc:postgresql://db/webhooks"))
        .hasMessageContainingAll("WEBHOOKS_DATABASE_USER", "WEBHOOKS_MASTER_KEY");
  }

  @Test
  void environment_overrides_the_properties_file() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.properties"), "webhooks.port=1\nwebhooks.max.in.flight=7");
    Settings settings =
        Settings.read(environment("WEBHOOKS_CONFIG", file.toString(), "WEBHOOKS_PORT", "2"), null);
    assertThat(settings.http().port()).isEqualTo(2);
    assertThat(settings.delivery().engine().maxInFlight()).isEqualTo(7);
    Path other =
        Files.writeString(folder.resolve("b.properties"), "webhook.port=1\nwebhooks.lease=x");
    assertThatThrownBy(() -> Settings.read(environment("WEBHOOKS_CONFIG", file.toString()), other))
        .hasMessageContainingAll("webhook.port", "'webhooks.port'", "webhooks.lease: must be");
    assertThatThrownBy(() -> Settings.read(Map.of(), folder.resolve("none")))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void property_names_are_unique_and_derived_from_environment_names() {
    assertThat(Stream.of(Setting.values()).map(Setting::propertyName))
        .contains("webhooks.database.url")
        .doesNotHaveDuplicates();
  }
}
