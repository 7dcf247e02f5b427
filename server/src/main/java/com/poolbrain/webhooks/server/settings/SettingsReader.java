package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.server.settings.Settings.Egress;
import com.poolbrain.webhooks.server.settings.Settings.External;
import com.poolbrain.webhooks.server.settings.Settings.Http;
import com.poolbrain.webhooks.server.settings.Settings.Keys;
import com.poolbrain.webhooks.server.settings.Settings.Mail;
import com.poolbrain.webhooks.server.settings.Settings.Reporting;
import com.poolbrain.webhooks.server.settings.Settings.Sending;
import com.poolbrain.webhooks.server.settings.Settings.Store;
import com.poolbrain.webhooks.transport.Authorities;
import com.poolbrain.webhooks.transport.Cidr;
import com.poolbrain.webhooks.transport.EgressProxy;
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
  private static final int MOST_RETRIES = 50;

  private final Values values;

  SettingsReader(Values values) {
    this.values = values;
  }

  Settings read() {
    return new Settings(http(), store(), keys(), sending(), reporting());
  }

  private Http http() {
    return new Http(
        values.value(Variable.HOST, host -> host),
        values.value(Variable.PORT, text -> number(text, 0, 65_535)),
        values.optional(Variable.PUBLIC_URL, SettingsReader::publicUrl));
  }

  private Store store() {
    Duration retention =
        values.value(Variable.RETENTION, text -> Durations.parse(text, "2d", "3650d"));
    if (!retention.equals(Duration.ofDays(retention.toDays()))) {
      values.complain(Variable.RETENTION, "must be whole days, such as 30d");
    }
    return new Store(
        external(), values.value(Variable.DATA_DIR, Path::of), (int) retention.toDays());
  }

  private @Nullable External external() {
    String url = values.optional(Variable.DATABASE_URL, SettingsReader::jdbcUrl);
    String user = values.optional(Variable.DATABASE_USER, text -> text);
    String password = values.optional(Variable.DATABASE_PASSWORD, text -> text);
    if (!values.has(Variable.DATABASE_URL)) {
      for (Variable alone : List.of(Variable.DATABASE_USER, Variable.DATABASE_PASSWORD)) {
        if (values.has(alone)) {
          values.complain(alone, "goes with WEBHOOKS_DATABASE_URL, which is not set");
        }
      }
      return null;
    }
    if (user == null) {
      values.complain(Variable.DATABASE_USER, "must be set when WEBHOOKS_DATABASE_URL is");
    }
    if (!values.has(Variable.MASTER_KEY)) {
      values.complain(
          Variable.MASTER_KEY,
          "must be set when WEBHOOKS_DATABASE_URL is: base64 of 32 random bytes, the same on every"
              + " node (openssl rand -base64 32)");
    }
    return url == null || user == null
        ? null
        : new External(url, user, password == null ? "" : password);
  }

  private Keys keys() {
    List<String> previous =
        values.optional(
            Variable.PREVIOUS_MASTER_KEYS, text -> each(text, SettingsReader::masterKey));
    return new Keys(
        values.optional(Variable.MASTER_KEY, SettingsReader::masterKey),
        previous == null ? List.of() : previous,
        values.optional(Variable.ADMIN_KEY, SettingsReader::adminKey));
  }

  private Sending sending() {
    double jitter = values.value(Variable.RETRY_JITTER, SettingsReader::share);
    var schedule =
        new RetrySchedule(values.value(Variable.RETRY_SCHEDULE, SettingsReader::waits), jitter);
    var engine =
        new EngineSettings(
            values.value(Variable.LEASE, text -> Durations.parse(text, "1s", "10m")),
            schedule,
            values.value(Variable.ATTEMPT_TIMEOUT, text -> Durations.parse(text, "1s", "30s")),
            values.value(Variable.MAX_IN_FLIGHT, text -> number(text, 1, 100_000)),
            values.value(Variable.ENDPOINT_CONCURRENCY, text -> number(text, 1, 1_000)));
    return new Sending(engine, egress());
  }

  private Egress egress() {
    List<Cidr> networks =
        values.optional(Variable.ALLOWED_NETWORKS, text -> each(text, Cidr::parse));
    List<X509Certificate> authorities =
        values.optional(Variable.EXTRA_CA, text -> Authorities.read(Path.of(text)));
    return new Egress(
        networks == null ? List.of() : networks,
        values.value(Variable.ALLOW_HTTP, SettingsReader::flag),
        authorities == null ? List.of() : authorities,
        values.optional(Variable.EGRESS_PROXY, EgressProxy::parse));
  }

  private Reporting reporting() {
    LogFormat format = values.value(Variable.LOG_FORMAT, SettingsReader::logFormat);
    URI server = values.optional(Variable.SMTP_URL, SettingsReader::smtpUrl);
    String from = values.optional(Variable.MAIL_FROM, SettingsReader::mailAddress);
    if (values.has(Variable.SMTP_URL) != values.has(Variable.MAIL_FROM)) {
      values.complain(
          values.has(Variable.SMTP_URL) ? Variable.MAIL_FROM : Variable.SMTP_URL,
          "must be set too: notices need both WEBHOOKS_SMTP_URL and WEBHOOKS_MAIL_FROM");
    }
    Mail mail = server == null || from == null ? null : new Mail(server, from);
    return new Reporting(format, values.value(Variable.LOG_LEVEL, SettingsReader::logLevel), mail);
  }

  private static int number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
  }

  private static double share(String text) {
    if (text.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
      return Double.parseDouble(text);
    }
    throw new IllegalArgumentException("must be a share from 0 to 1, such as 0.1");
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static List<Duration> waits(String text) {
    List<Duration> waits = Durations.parseList(text);
    if (waits.size() > MOST_RETRIES) {
      throw new IllegalArgumentException("must have at most " + MOST_RETRIES + " waits");
    }
    return waits;
  }

  private static LogFormat logFormat(String text) {
    return switch (text) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new IllegalArgumentException("must be text or json");
    };
  }

  private static LogLevel logLevel(String text) {
    return switch (text) {
      case "debug" -> LogLevel.DEBUG;
      case "info" -> LogLevel.INFO;
      case "warn" -> LogLevel.WARN;
      default -> throw new IllegalArgumentException("must be debug, info or warn");
    };
  }

  private static String jdbcUrl(String text) {
    if (!text.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql:");
    }
    return text;
  }

  private static String masterKey(String text) {
    try {
      if (Base64.getDecoder().decode(text).length == MASTER_KEY_BYTES) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new IllegalArgumentException("must be base64 of 32 bytes (openssl rand -base64 32)");
  }

  private static String adminKey(String text) {
    if (!text.matches("[!-~]{16,256}")) {
      throw new IllegalArgumentException("must have 16 to 256 visible ASCII characters");
    }
    return text;
  }

  private static String mailAddress(String text) {
    if (!text.matches("[^@]+@[^@]+")) {
      throw new IllegalArgumentException("must be an e-mail address");
    }
    return text;
  }

  private static URI publicUrl(String text) {
    URI url = uri(text, "must be a URL such as https://webhooks.example.com");
    boolean plain =
        url.getQuery() == null && url.getFragment() == null && url.getUserInfo() == null;
    if (!List.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null
        || !plain) {
      throw new IllegalArgumentException("must be a URL such as https://webhooks.example.com");
    }
    return URI.create(text.replaceAll("/+$", ""));
  }

  private static URI smtpUrl(String text) {
    URI url = uri(text, "must be a URL such as smtps://user:password@mail.example.com:465");
    if (!List.of("smtp", "smtps").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException(
          "must be a URL such as smtps://user:password@mail.example.com:465");
    }
    return url;
  }

  private static URI uri(String text, String otherwise) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(otherwise, e);
    }
  }

  private static <T> List<T> each(String text, Function<String, T> parser) {
    return List.of(text.split(",", -1)).stream().map(String::strip).map(parser).toList();
  }
}
