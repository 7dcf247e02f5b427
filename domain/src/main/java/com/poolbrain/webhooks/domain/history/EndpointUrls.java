package com.poolbrain.webhooks.domain.history;

import java.util.Locale;

/// Compares URLs as customers write them: the case of scheme and host, and slashes at the end,
/// don't matter.
public final class EndpointUrls {

  private EndpointUrls() {}

  /// The same text for URLs that are taken as equal.
  public static String canonical(String url) {
    int authority = url.indexOf("://") + 3;
    int end = authority < 3 ? 0 : authority;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return stripSlashes(url.substring(0, end).toLowerCase(Locale.ROOT) + url.substring(end));
  }

  private static String stripSlashes(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }
}
