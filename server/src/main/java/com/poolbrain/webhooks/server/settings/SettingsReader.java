package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.server.settings.Settings.DeliverySettings;
import com.poolbrain.webhooks.server.settings.Settings.EgressSettings;
import com.poolbrain.webhooks.server.settings.Settings.ExternalDatabase;
import com.poolbrain.webhooks.server.settings.Settings.HttpSettings;
import com.poolbrain.webhooks.server.settings.Settings.KeySettings;
import com.poolbrain.webhooks.server.settings.Settings.LogSettings;
import com.poolbrain.webhooks.server.settings.Settings.MailSettings;
import com.poolbrain.webhooks.server.settings.Settings.StoreSettings;
import com.poolbrain.webhooks.transport.CaCertificates;
import com.poolbrain.webhooks.transport.EgressProxy;
import com.poolbrain.webhooks.transport.address.Cidr;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns raw values into settings, one variable at a time.
final class SettingsReader {

  private static final int MASTER_KEY_BYTES = 32;
  private static final int MAX_RETRIES = 50;

  private final RawSettings raw;

  SettingsReader(RawSettings raw) {
    this.raw = raw;
  }

  Settings read() {
    return new Settings(readHttp(), readStore(), readKeys(), readDelivery(), readLog());
  }

  private HttpSettings readHttp() {
    return new HttpSettings(
        raw.value(Setting.HOST, host -> host),
        raw.value(Setting.PORT, text -> parseNumber(text, 0, 65_535)),
        raw.optional(Setting.PUBLIC_URL, SettingsReader::parsePublicUrl));
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
    String url = raw.optional(Setting.DATABASE_URL, SettingsReader::parseJdbcUrl);
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
    List<String> previous =
        raw.optional(
            Setting.PREVIOUS_MASTER_KEYS, text -> parseList(text, SettingsReader::parseMasterKey));
    return new KeySettings(
        raw.optional(Setting.MASTER_KEY, SettingsReader::parseMasterKey),
        previous == null ? List.of() : previous,
        raw.optional(Setting.ADMIN_KEY, SettingsReader::parseAdminKey));
  }

  private DeliverySettings readDelivery() {
    double jitter = raw.value(Setting.RETRY_JITTER, SettingsReader::parseFraction);
    var schedule =
        new RetrySchedule(
            raw.value(Setting.RETRY_SCHEDULE, SettingsReader::parseRetryDelays), jitter);
    var engine =
        new EngineSettings(
            raw.value(Setting.LEASE, text -> DurationParser.parse(text, "1s", "10m")),
            schedule,
            raw.value(Setting.ATTEMPT_TIMEOUT, text -> DurationParser.parse(text, "1s", "30s")),
            raw.value(Setting.MAX_IN_FLIGHT, text -> parseNumber(text, 1, 100_000)),
            raw.value(Setting.ENDPOINT_CONCURRENCY, text -> parseNumber(text, 1, 1_000)));
    return new DeliverySettings(engine, readEgress());
  }

  private EgressSettings readEgress() {
    List<Cidr> networks =
        raw.optional(Setting.ALLOWED_NETWORKS, text -> parseList(text, Cidr::parse));
    List<X509Certificate> caCertificates =
        raw.optional(Setting.EXTRA_CA, text -> CaCertificates.read(Path.of(text)));
    return new EgressSettings(
        networks == null ? List.of() : networks,
        raw.value(Setting.ALLOW_HTTP, SettingsReader::parseBoolean),
        caCertificates == null ? List.of() : caCertificates,
        raw.optional(Setting.EGRESS_PROXY, EgressProxy::parse));
  }

  private LogSettings readLog() {
    LogFormat format = raw.value(Setting.LOG_FORMAT, SettingsReader::parseLogFormat);
    URI server = raw.optional(Setting.SMTP_URL, SettingsReader::parseSmtpUrl);
    String from = raw.optional(Setting.MAIL_FROM, SettingsReader::parseMailAddress);
    if (raw.isSet(Setting.SMTP_URL) != raw.isSet(Setting.MAIL_FROM)) {
      raw.addError(
          raw.isSet(Setting.SMTP_URL) ? Setting.MAIL_FROM : Setting.SMTP_URL,
          "must be set too: notices need both WEBHOOKS_SMTP_URL and WEBHOOKS_MAIL_FROM");
    }
    MailSettings mailSettings =
        server == null || from == null ? null : new MailSettings(server, from);
    return new LogSettings(
        format, raw.value(Setting.LOG_LEVEL, SettingsReader::parseLogLevel), mailSettings);
  }

  private static int parseNumber(String text, int min, int max) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
  }

  private static double parseFraction(String text) {
    if (text.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
      return Double.parseDouble(text);
    }
    throw new IllegalArgumentException("must be a share from 0 to 1, such as 0.1");
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static List<Duration> parseRetryDelays(String text) {
    List<Duration> delays = DurationParser.parseList(text);
    if (delays.size() > MAX_RETRIES) {
      throw new IllegalArgumentException("must have at most " + MAX_RETRIES + " waits");
    }
    return delays;
  }

  private static LogFormat parseLogFormat(String text) {
    return switch (text) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new IllegalArgumentException("must be text or json");
    };
  }

  private static LogLevel parseLogLevel(String text) {
    return switch (text) {
      case "debug" -> LogLevel.DEBUG;
      case "info" -> LogLevel.INFO;
      case "warn" -> LogLevel.WARN;
      default -> throw new IllegalArgumentException("must be debug, info or warn");
    };
  }

  private static String parseJdbcUrl(String text) {
    if (!text.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql:");
    }
    return text;
  }

  private static String parseMasterKey(String text) {
    try {
      if (Base64.getDecoder().decode(text).length == MASTER_KEY_BYTES) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new IllegalArgumentException("must be base64 of 32 bytes (openssl rand -base64 32)");
  }

  private static String parseAdminKey(String text) {
    if (!text.matches("[!-~]{16,256}")) {
      throw new IllegalArgumentException("must have 16 to 256 visible ASCII characters");
    }
    return text;
  }

  private static String parseMailAddress(String text) {
    if (!text.matches("[^@]+@[^@]+")) {
      throw new IllegalArgumentException("must be an e-mail address");
    }
    return text;
  }

  private static URI parsePublicUrl(String text) {
    URI url = parseUri(text, "must be a URL such as https://webhooks.example.com");
    boolean isPlain =
        url.getQuery() == null && url.getFragment() == null && url.getUserInfo() == null;
    if (!List.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null
        || !isPlain) {
      throw new IllegalArgumentException("must be a URL such as https://webhooks.example.com");
    }
    return URI.create(text.replaceAll("/+$", ""));
  }

  private static URI parseSmtpUrl(String text) {
    URI url = parseUri(text, "must be a URL such as smtps://user:password@mail.example.com:465");
    if (!List.of("smtp", "smtps").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException(
          "must be a URL such as smtps://user:password@mail.example.com:465");
    }
    return url;
  }

  private static URI parseUri(String text, String errorMessage) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(errorMessage, e);
    }
  }

  private static <T> List<T> parseList(String text, Function<String, T> parser) {
    return List.of(text.split(",", -1)).stream().map(String::strip).map(parser).toList();
  }
}
