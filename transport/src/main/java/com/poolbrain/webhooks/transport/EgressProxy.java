package com.poolbrain.webhooks.transport;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy that opens connections to the outside with `CONNECT`.
///
/// @param host its name or address; it may be private, since the operator chose it
/// @param port its TCP port
/// @param user who it is asked as, if it wants to know
/// @param password the password of that user
public record EgressProxy(String host, int port, @Nullable String user, @Nullable String password) {

  /// Refuses a proxy that can't be reached by anybody.
  public EgressProxy {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a proxy needs a host and a port from 1 to 65535");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("a proxy needs both a user and a password, or neither");
    }
  }

  /// The proxy that a URL such as `http://proxy.internal:3128` or
  /// `http://user:password@proxy.internal:3128` names.
  ///
  /// @throws IllegalArgumentException if the text is no such URL, saying what one looks like
  public static EgressProxy parse(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      if (!"http".equals(uri.getScheme()) || host == null || uri.getPort() < 1) {
        throw new IllegalArgumentException("a proxy is written http://host:port");
      }
      String userInfo = uri.getUserInfo();
      int colon = userInfo == null ? -1 : userInfo.indexOf(':');
      if (userInfo == null || colon < 0) {
        return new EgressProxy(
            stripBrackets(host), uri.getPort(), userInfo, userInfo == null ? null : "");
      }
      return new EgressProxy(
          stripBrackets(host),
          uri.getPort(),
          userInfo.substring(0, colon),
          userInfo.substring(colon + 1));
    } catch (URISyntaxException notAUrl) {
      throw new IllegalArgumentException("a proxy is written http://host:port", notAUrl);
    }
  }

  private static String stripBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// Without the password, since settings are logged.
  @Override
  public String toString() {
    return "http://" + (user == null ? "" : user + ":…@") + host + ":" + port;
  }
}
