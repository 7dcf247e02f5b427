package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.domain.address.Host;
import com.poolbrain.webhooks.domain.address.UrlAuthority;
import java.net.URI;

/// The parsed URL of an endpoint.
///
/// @param tls whether the scheme is https
/// @param port port of the URL, or the default of its scheme
/// @param path path and query, as they are written into the request line
public record Target(boolean tls, Host host, int port, String path) {

  /// Reads the URL of an endpoint.
  ///
  /// @throws IllegalArgumentException if the scheme is neither https nor http
  static Target of(URI url) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    if (!tls && !"http".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException(
          "the URL of an endpoint must be https, not " + url.getScheme());
    }
    int defaultPort = tls ? 443 : 80;
    UrlAuthority authority = UrlAuthority.of(url);
    int port = authority.port(defaultPort);
    boolean isUsable = port >= 0 && authority.userInfo() == null;
    return isUsable
        ? new Target(tls, authority.host(), port, path(url))
        : new Target(tls, invalidHost(url), defaultPort, path(url));
  }

  private static Host invalidHost(URI url) {
    return new Host.Invalid(String.valueOf(url.getRawAuthority()), Host.Defect.FORBIDDEN_CHARACTER);
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String pathAndQuery = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    for (int i = 0; i < pathAndQuery.length(); i++) {
      if (pathAndQuery.charAt(i) > 0x7e) {
        return URI.create(pathAndQuery).toASCIIString();
      }
    }
    return pathAndQuery;
  }

  /// The value of the `Host` header.
  public String authority() {
    String name = host.text().indexOf(':') >= 0 ? "[" + host.text() + "]" : host.text();
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
