package com.poolbrain.webhooks.server.settings;

import com.poolbrain.webhooks.domain.address.UrlAuthority;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;

/// Parsers of single values. Each throws an `IllegalArgumentException` that says what is allowed.
final class SettingParsers {

  private static final int MASTER_KEY_BYTES = 32;

  private SettingParsers() {}

  static int parseNumber(String text, int min, int max) {
    String requirement = "must be a whole number from " + min + " to " + max;
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(requirement, e);
    }
    throw new IllegalArgumentException(requirement);
  }

  static double parseFraction(String text) {
    if (text.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
      return Double.parseDouble(text);
    }
    throw new IllegalArgumentException("must be a fraction from 0 to 1, such as 0.1");
  }

  static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  static LogFormat parseLogFormat(String text) {
    return switch (text) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new IllegalArgumentException("must be text or json");
    };
  }

  static LogLevel parseLogLevel(String text) {
    return switch (text) {
      case "debug" -> LogLevel.DEBUG;
      case "info" -> LogLevel.INFO;
      case "warn" -> LogLevel.WARN;
      default -> throw new IllegalArgumentException("must be debug, info or warn");
    };
  }

  static String parseJdbcUrl(String text) {
    require(text, "(?s)jdbc:postgresql:.*", "must begin with jdbc:postgresql:");
    return require(
        text,
        "(?s)(?!.*(@|(?i)[?&](user|password)=)).*",
        "must have the form jdbc:postgresql://host:5432/name, without user and password: they go into"
            + " WEBHOOKS_DATABASE_USER and WEBHOOKS_DATABASE_PASSWORD");
  }

  static String parseAdminKey(String text) {
    return require(text, "[!-~]{16,256}", "must have 16 to 256 visible ASCII characters");
  }

  static String parseMailAddress(String text) {
    return require(
        text, "[!-~&&[^@<>,;:\"()\\[\\]\\\\]]+@[A-Za-z0-9.-]+", "must be an e-mail address");
  }

  private static String require(String text, String pattern, String requirement) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException(requirement);
    }
    return text;
  }

  static String parseMasterKey(String text) {
    String requirement = "must be base64 of 32 bytes (openssl rand -base64 32)";
    try {
      if (Base64.getDecoder().decode(text).length == MASTER_KEY_BYTES) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(requirement, e);
    }
    throw new IllegalArgumentException(requirement);
  }

  static URI parsePublicUrl(String text) {
    String requirement = "must be a URL such as https://webhooks.example.com";
    URI url = parseUrl(text, List.of("http", "https"), requirement);
    if (url.getQuery() != null
        || url.getFragment() != null
        || UrlAuthority.of(url).userInfo() != null) {
      throw new IllegalArgumentException(requirement);
    }
    return URI.create(text.replaceAll("/+$", ""));
  }

  static String parseOrigin(String text) {
    String requirement = "must be origins such as https://app.example.com, separated by commas";
    URI url = parseUrl(text, List.of("http", "https"), requirement);
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String origin = url.getScheme() + "://" + url.getHost() + port;
    if (!origin.equals(text)) {
      throw new IllegalArgumentException(requirement);
    }
    return origin;
  }

  static URI parseSmtpUrl(String text) {
    return parseUrl(
        text,
        List.of("smtp", "smtps"),
        "must be a URL such as smtps://user:password@mail.example.com:465");
  }

  private static URI parseUrl(String text, List<String> schemes, String requirement) {
    try {
      URI url = new URI(text);
      if (schemes.contains(String.valueOf(url.getScheme())) && UrlAuthority.of(url).isReachable()) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(requirement, e);
    }
    throw new IllegalArgumentException(requirement);
  }
}
