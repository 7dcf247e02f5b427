package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.server.settings.Settings.DeliverySettings;
import com.poolbrain.webhooks.server.settings.Settings.EgressSettings;
import com.poolbrain.webhooks.server.settings.Settings.ExternalDatabase;
import com.poolbrain.webhooks.server.settings.Settings.HttpSettings;
import com.poolbrain.webhooks.server.settings.Settings.KeySettings;
import com.poolbrain.webhooks.server.settings.Settings.LogSettings;
import com.poolbrain.webhooks.server.settings.Settings.MailSettings;
import com.poolbrain.webhooks.server.settings.Settings.PageSettings;
import com.poolbrain.webhooks.server.settings.Settings.StoreSettings;
import com.poolbrain.webhooks.transport.settings.CaCertificates;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns texts into typed settings, and checks settings that depend on each other.
final class SettingsReader {

  private static final int MAX_RETRIES = 50;

  private final RawSettings raw;

  SettingsReader(RawSettings raw) {
    this.raw = raw;
  }

  Settings read() {
    var settings =
        new Settings(readHttp(), readStore(), readKeys(), readDelivery(), readLog(), readMail());
    checkRetention(settings);
    return settings;
  }

  /// A delivery must not be dropped by the retention before its last attempt.
  private void checkRetention(Settings settings) {
    Duration longest = settings.delivery().engine().schedule().longestWait();
    Duration kept = Duration.ofDays(settings.store().retentionDays() - 1L);
    if (longest.compareTo(kept) > 0) {
      raw.addError(
          Setting.RETRY_SCHEDULE,
          "may take %s when every delay has its jitter or is doubled by Retry-After, but must be over within the retention minus a day, which is %d days: shorten it, or lengthen WEBHOOKS_RETENTION"
              .formatted(describe(longest), kept.toDays()));
    }
  }

  private static String describe(Duration duration) {
    return duration.toDays() > 0
        ? "%d days and %d hours".formatted(duration.toDays(), duration.toHoursPart())
        : duration.toString();
  }

  private HttpSettings readHttp() {
    URI publicUrl = raw.optional(Setting.PUBLIC_URL, SettingParsers::parsePublicUrl);
    return new HttpSettings(
        raw.value(Setting.HOST, host -> host),
        raw.value(Setting.PORT, text -> SettingParsers.parseNumber(text, 0, 65_535)),
        publicUrl,
        raw.list(Setting.TRUSTED_PROXIES, Cidr::parse),
        readPage(publicUrl));
  }

  private PageSettings readPage(@Nullable URI publicUrl) {
    List<String> embedOrigins = raw.list(Setting.EMBED_ORIGINS, SettingParsers::parseOrigin);
    if (!embedOrigins.isEmpty()
        && (publicUrl == null || !String.valueOf(publicUrl.getScheme()).equals("https"))) {
      raw.addError(
          Setting.EMBED_ORIGINS,
          "needs WEBHOOKS_PUBLIC_URL with https: browsers send no cookies from a frame otherwise");
    }
    return new PageSettings(
        embedOrigins, raw.value(Setting.STYLEGUIDE, SettingParsers::parseBoolean));
  }

  private StoreSettings readStore() {
    Duration retention =
        raw.value(Setting.RETENTION, text -> DurationParser.parse(text, "2d", "3650d"));
    if (!retention.equals(Duration.ofDays(retention.toDays()))) {
      raw.addError(Setting.RETENTION, "must be whole days, such as 30d");
    }
    return new StoreSettings(
        readExternalDatabase(), raw.value(Setting.DATA_DIR, Path::of), (int) retention.toDays());
  }

  private @Nullable ExternalDatabase readExternalDatabase() {
    String url = raw.optional(Setting.DATABASE_URL, SettingParsers::parseJdbcUrl);
    String user = raw.optional(Setting.DATABASE_USER, text -> text);
    String password = raw.optional(Setting.DATABASE_PASSWORD, text -> text);
    if (!raw.isSet(Setting.DATABASE_URL)) {
      for (Setting dependent : List.of(Setting.DATABASE_USER, Setting.DATABASE_PASSWORD)) {
        if (raw.isSet(dependent)) {
          raw.addError(dependent, "goes with WEBHOOKS_DATABASE_URL, which is not set");
        }
      }
      return null;
    }
    if (user == null) {
      raw.addError(Setting.DATABASE_USER, "must be set when WEBHOOKS_DATABASE_URL is");
    }
    if (!raw.isSet(Setting.MASTER_KEY)) {
      raw.addError(
          Setting.MASTER_KEY,
          "must be set when WEBHOOKS_DATABASE_URL is: base64 of 32 random bytes, the same on every"
              + " node (openssl rand -base64 32)");
    }
    return url == null || user == null
        ? null
        : new ExternalDatabase(url, user, password == null ? "" : password);
  }

  private KeySettings readKeys() {
    return new KeySettings(
        raw.optional(Setting.MASTER_KEY, SettingParsers::parseMasterKey),
        raw.list(Setting.PREVIOUS_MASTER_KEYS, SettingParsers::parseMasterKey),
        raw.optional(Setting.ADMIN_KEY, SettingParsers::parseAdminKey));
  }

  private DeliverySettings readDelivery() {
    var schedule =
        new RetrySchedule(
            readRetryDelays(), raw.value(Setting.RETRY_JITTER, SettingParsers::parseFraction));
    var engine =
        new EngineSettings(
            raw.value(Setting.LEASE, text -> DurationParser.parse(text, "1s", "10m")),
            schedule,
            raw.value(Setting.ATTEMPT_TIMEOUT, text -> DurationParser.parse(text, "1s", "30s")),
            raw.value(Setting.MAX_IN_FLIGHT, text -> SettingParsers.parseNumber(text, 1, 100_000)),
            raw.value(
                Setting.ENDPOINT_CONCURRENCY, text -> SettingParsers.parseNumber(text, 1, 1_000)));
    return new DeliverySettings(engine, readEgress());
  }

  private List<Duration> readRetryDelays() {
    List<Duration> delays =
        raw.list(Setting.RETRY_SCHEDULE, text -> DurationParser.parse(text, "1ms", "30d"));
    if (delays.size() > MAX_RETRIES) {
      raw.addError(Setting.RETRY_SCHEDULE, "must have at most " + MAX_RETRIES + " delays");
    }
    return delays;
  }

  private EgressSettings readEgress() {
    List<X509Certificate> caCertificates =
        raw.optional(Setting.EXTRA_CA, text -> CaCertificates.read(Path.of(text)));
    return new EgressSettings(
        raw.list(Setting.ALLOWED_NETWORKS, Cidr::parse),
        raw.list(Setting.DENIED_NETWORKS, Cidr::parse),
        raw.value(Setting.ALLOW_HTTP, SettingParsers::parseBoolean),
        caCertificates == null ? List.of() : caCertificates,
        raw.optional(Setting.EGRESS_PROXY, EgressProxy::parse));
  }

  private LogSettings readLog() {
    return new LogSettings(
        raw.value(Setting.LOG_FORMAT, SettingParsers::parseLogFormat),
        raw.value(Setting.LOG_LEVEL, SettingParsers::parseLogLevel));
  }

  private @Nullable MailSettings readMail() {
    URI server = raw.optional(Setting.SMTP_URL, SettingParsers::parseSmtpUrl);
    String from = raw.optional(Setting.MAIL_FROM, SettingParsers::parseMailAddress);
    if (raw.isSet(Setting.SMTP_URL) != raw.isSet(Setting.MAIL_FROM)) {
      raw.addError(
          raw.isSet(Setting.SMTP_URL) ? Setting.MAIL_FROM : Setting.SMTP_URL,
          "must be set too: notices need both WEBHOOKS_SMTP_URL and WEBHOOKS_MAIL_FROM");
    }
    if (raw.isSet(Setting.SMTP_URL) && !raw.isSet(Setting.PUBLIC_URL)) {
      raw.addError(
          Setting.PUBLIC_URL,
          "must be set too: the links in mails of WEBHOOKS_SMTP_URL lead to it, such as"
              + " https://webhooks.example.com");
    }
    return server == null || from == null ? null : new MailSettings(server, from);
  }
}
