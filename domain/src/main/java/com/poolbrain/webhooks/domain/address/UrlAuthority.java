package com.poolbrain.webhooks.domain.address;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The authority of a URL: user info, host and port. [URI] itself has no host if a name has an
/// underscore or letters outside ASCII, or ends in a number.
///
/// @param userInfo the part before the `@`; null if there is none
/// @param portText the text after the colon; empty if there is none
public record UrlAuthority(@Nullable String userInfo, Host host, String portText) {

  /// The largest TCP port.
  public static final int MAX_PORT = 65_535;

  /// Reads the authority of a URL; without one, the host is empty.
  public static UrlAuthority of(URI url) {
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String hostAndPort = authority.substring(at + 1);
    int colon = hostAndPort.indexOf(':', Math.max(0, hostAndPort.lastIndexOf(']')));
    return new UrlAuthority(
        at < 0 ? null : authority.substring(0, at),
        Host.parse(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon)),
        colon < 0 ? "" : hostAndPort.substring(colon + 1));
  }

  /// Whether a connection can be made to it: a name or an address, and a valid port or none.
  public boolean isReachable() {
    boolean isHost = host instanceof Host.Name || host instanceof Host.Literal;
    int port = port(MAX_PORT);
    return isHost && port >= 1 && port <= MAX_PORT;
  }

  /// The port, which may be out of range; `defaultPort` if there is none, -1 if it is no number.
  public int port(int defaultPort) {
    if (portText.isEmpty()) {
      return defaultPort;
    }
    return portText.matches("[0-9]{1,5}") ? Integer.parseInt(portText) : -1;
  }
}
