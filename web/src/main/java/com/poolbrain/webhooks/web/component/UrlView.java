package com.poolbrain.webhooks.web.component;

import java.net.URI;

/// A URL that is cut in the middle where there is no room for all of it.
///
/// @param middle what may be cut
/// @param end the last part of the path, which is never cut
public record UrlView(String full, String host, String middle, String end) {

  private static final int MAX_END = 24;

  /// The view of an endpoint's URL.
  public static UrlView of(URI url) {
    String full = url.toString();
    String host = String.valueOf(url.getRawAuthority());
    int afterHost = full.indexOf(host) + host.length();
    String rest = full.substring(Math.min(full.length(), Math.max(0, afterHost)));
    int end = Math.max(rest.lastIndexOf('/'), rest.length() - MAX_END);
    return end <= 0
        ? new UrlView(full, host, "", rest)
        : new UrlView(full, host, rest.substring(0, end), rest.substring(end));
  }
}
