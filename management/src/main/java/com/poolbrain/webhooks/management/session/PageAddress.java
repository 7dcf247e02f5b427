package com.poolbrain.webhooks.management.session;

import com.poolbrain.webhooks.management.url.LoopbackHost;
import java.net.URI;

/// The address at which browsers reach the service.
///
/// @param url without a slash at the end
public record PageAddress(URI url) {

  /// Whether browsers reach it by https.
  public boolean isHttps() {
    return "https".equals(url.getScheme());
  }

  /// Whether nobody can read the cookies of a session on their way: by https, or because they never
  /// leave the machine.
  public boolean isPrivate() {
    return isHttps() || LoopbackHost.matches(url.getHost());
  }

  /// The URL of a path that begins with a slash.
  public URI resolve(String path) {
    return URI.create(url + path);
  }

  @Override
  public String toString() {
    return "PageAddress[" + url.getRawAuthority() + "]";
  }
}
