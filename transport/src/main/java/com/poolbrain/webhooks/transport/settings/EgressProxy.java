package com.poolbrain.webhooks.transport.settings;

import com.poolbrain.webhooks.domain.address.UrlAuthority;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy for outgoing https connections (`CONNECT`).
///
/// @param host name or address; may be private, because the operator chose it
/// @param port TCP port
/// @param user user name for the proxy; null without authentication
/// @param password password of the user; null without authentication
public record EgressProxy(String host, int port, @Nullable String user, @Nullable String password) {

  /// Validates the values.
  public EgressProxy {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a proxy needs a host and a port from 1 to 65535");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("a proxy needs both a user and a password, or neither");
    }
  }

  /// Reads a URL such as `http://proxy.internal:3128` or
  /// `http://user:password@proxy.internal:3128`.
  ///
  /// @throws IllegalArgumentException if the text is something else; the message shows the form
  public static EgressProxy parse(String url) {
    try {
      URI uri = new URI(url);
      UrlAuthority authority = UrlAuthority.of(uri);
      int port = authority.port(-1);
      if (!"http".equals(uri.getScheme()) || port < 1 || !authority.isReachable()) {
        throw new IllegalArgumentException("a proxy is written http://host:port");
      }
      String host = authority.host().text();
      String userInfo = authority.userInfo();
      int colon = userInfo == null ? -1 : userInfo.indexOf(':');
      if (userInfo == null || colon < 0) {
        return new EgressProxy(
            host, port, userInfo == null ? null : decode(userInfo), userInfo == null ? null : "");
      }
      return new EgressProxy(
          host, port, decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
    } catch (URISyntaxException notAUrl) {
      throw new IllegalArgumentException("a proxy is written http://host:port", notAUrl);
    }
  }

  /// A URI does not decode the user info beside a host with an underscore.
  private static String decode(String part) throws URISyntaxException {
    return String.valueOf(
        new URI("http://" + part + "@proxy").parseServerAuthority().getUserInfo());
  }

  /// The URL without the password, because settings are logged.
  @Override
  public String toString() {
    return "http://" + (user == null ? "" : user + ":…@") + host + ":" + port;
  }
}
