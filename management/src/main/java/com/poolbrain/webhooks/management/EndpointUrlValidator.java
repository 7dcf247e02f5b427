package com.poolbrain.webhooks.management;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules for URLs of endpoints, each with a sentence for whoever broke it.
public final class EndpointUrlValidator {

  public static final int MAX_LENGTH = 2048;

  private static final int MAX_PORT = 65_535;
  private static final Pattern LOOPBACK_V4 =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private EndpointUrlValidator() {}

  /// A URL that passed, or why it didn't.
  public sealed interface Result {
    /// It may be stored.
    record Valid(URI url) implements Result {}

    /// It may not.
    record Invalid(String reason) implements Result {}
  }

  public static Result validate(String text, boolean allowHttp) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return new Result.Invalid(
          "Is no URL; write one such as https://api.example.com/webhooks, with special characters"
              + " percent-encoded.");
    }
    String error = findError(text, url, allowHttp);
    return error == null ? new Result.Valid(url) : new Result.Invalid(error);
  }

  private static @Nullable String findError(String text, URI url, boolean allowHttp) {
    if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      return "Must be ASCII: percent-encode the path, and write the host as xn--….";
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean isHttp = scheme.equals("http");
    if (!scheme.equals("https") && !isHttp) {
      return "Must begin with https://.";
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      return missingHostError(url);
    }
    if (url.getRawUserInfo() != null) {
      return "Must not hold a user name or password; requests are proven by their signature.";
    }
    if (url.getRawFragment() != null) {
      return "Must not have a fragment (#…): it would never be sent.";
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      return "The port must be from 1 to 65535.";
    }
    return isHttp ? plainHttpError(url.getHost(), allowHttp) : null;
  }

  private static String missingHostError(URI url) {
    return url.getRawAuthority() != null && url.getRawAuthority().contains("@")
        ? "Must not hold a user name or password; requests are proven by their signature."
        : "Has no valid host name; write one such as https://api.example.com/webhooks.";
  }

  private static @Nullable String plainHttpError(String host, boolean allowHttp) {
    if (!allowHttp) {
      return "Must begin with https://; plain http is not sent to.";
    }
    boolean isLoopback =
        host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || LOOPBACK_V4.matcher(host).matches();
    return isLoopback ? null : "Plain http is for localhost only; begin with https://.";
  }
}
