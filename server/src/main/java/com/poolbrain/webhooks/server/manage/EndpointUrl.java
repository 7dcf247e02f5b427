package com.poolbrain.webhooks.server.manage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules for URLs of endpoints, each with a sentence for whoever broke it.
final class EndpointUrl {

  static final int LONGEST = 2048;

  private static final int LAST_PORT = 65_535;
  private static final Pattern LOOPBACK_V4 =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private EndpointUrl() {}

  /// A URL that passed, or why it didn't.
  sealed interface Checked {
    /// It may be stored.
    record Good(URI url) implements Checked {}

    /// It may not.
    record Bad(String complaint) implements Checked {}
  }

  static Checked check(String text, boolean allowHttp) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return new Checked.Bad(
          "Is no URL; write one such as https://api.example.com/webhooks, with special characters"
              + " percent-encoded.");
    }
    String complaint = complaint(text, url, allowHttp);
    return complaint == null ? new Checked.Good(url) : new Checked.Bad(complaint);
  }

  private static @Nullable String complaint(String text, URI url, boolean allowHttp) {
    if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      return "Must be ASCII: percent-encode the path, and write the host as xn--….";
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http");
    if (!scheme.equals("https") && !http) {
      return "Must begin with https://.";
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      return hasNoHost(url);
    }
    if (url.getRawUserInfo() != null) {
      return "Must not hold a user name or password; requests are proven by their signature.";
    }
    if (url.getRawFragment() != null) {
      return "Must not have a fragment (#…): it would never be sent.";
    }
    if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
      return "The port must be from 1 to 65535.";
    }
    return http ? plain(url.getHost(), allowHttp) : null;
  }

  private static String hasNoHost(URI url) {
    return url.getRawAuthority() != null && url.getRawAuthority().contains("@")
        ? "Must not hold a user name or password; requests are proven by their signature."
        : "Has no valid host name; write one such as https://api.example.com/webhooks.";
  }

  private static @Nullable String plain(String host, boolean allowHttp) {
    if (!allowHttp) {
      return "Must begin with https://; plain http is not sent to.";
    }
    boolean loopback =
        host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || LOOPBACK_V4.matcher(host).matches();
    return loopback ? null : "Plain http is for localhost only; begin with https://.";
  }
}
