package com.poolbrain.webhooks.management;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules for URLs of endpoints, each with its sentence.
final class EndpointUrlValidator {

  static final int MAX_LENGTH = 2048;

  private static final int MAX_PORT = 65_535;
  private static final Pattern LOOPBACK_V4 =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private EndpointUrlValidator() {}

  /// The rule that a URL breaks; null if it is valid.
  ///
  /// @param allowHttp whether plain HTTP to loopback addresses is allowed, for development
  static @Nullable String findError(String text, boolean allowHttp) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return "Is no URL; write one such as https://api.example.com/webhooks, with special characters"
          + " percent-encoded.";
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      return "Must be ASCII: percent-encode the path, and write the host as xn--….";
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean isHttp = scheme.equals("http");
    if (!scheme.equals("https") && !isHttp) {
      return "Must begin with https://.";
    }
    String authority = url.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      return "Must not contain a user name or password; requests are authenticated by their"
          + " signature.";
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      return "Has no valid host name; write one such as https://api.example.com/webhooks.";
    }
    if (url.getRawFragment() != null) {
      return "Must not have a fragment (#…), which is never sent.";
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      return "The port must be from 1 to 65535.";
    }
    return isHttp ? findHttpError(url.getHost(), allowHttp) : null;
  }

  private static @Nullable String findHttpError(String host, boolean allowHttp) {
    if (!allowHttp) {
      return "Must begin with https://; plain HTTP is not allowed.";
    }
    boolean isLoopback =
        host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || LOOPBACK_V4.matcher(host).matches();
    return isLoopback ? null : "Plain HTTP is allowed for localhost only; begin with https://.";
  }
}
