package com.poolbrain.webhooks.transport.address;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a URL says about where a request goes.
///
/// @param tls whether it is https
/// @param host the other side, as the URL names it
/// @param port the URL's, or that of its scheme
/// @param path with the query, as it goes into the request line
public record Target(boolean tls, Host host, int port, String path) {

  /// How a URL names the other side.
  sealed interface Host {

    /// The host as TLS and the `Host` header know it, IPv6 without brackets.
    String text();

    /// A name, to be asked of DNS; lower case, ASCII, without a dot at its end.
    record Name(String text) implements Host {}

    /// An address in its usual form.
    record Literal(String text, InetAddress address) implements Host {}

    /// What some systems would read as an address although it is not written like one.
    record Ambiguous(String text) implements Host {}

    /// What can be no host at all.
    record Invalid(String text) implements Host {}
  }

  /// Reads the URL of an endpoint.
  ///
  /// @throws IllegalArgumentException if it is neither https nor http, which nothing accepted
  static Target of(URI url) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    if (!tls && !"http".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("not an https URL: scheme " + url.getScheme());
    }
    int defaultPort = tls ? 443 : 80;
    String host = url.getHost();
    if (host != null) {
      return new Target(
          tls, host(host), url.getPort() < 0 ? defaultPort : url.getPort(), path(url));
    }
    // java.net.URI knows no host with an underscore, with non-ASCII letters or ending in a number.
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    int colon = authority.lastIndexOf(':');
    int port = colon < 0 ? defaultPort : port(authority.substring(colon + 1), defaultPort);
    String name = colon < 0 ? authority : authority.substring(0, colon);
    return port < 0 || name.indexOf('@') >= 0
        ? new Target(tls, new Host.Invalid(authority), defaultPort, path(url))
        : new Target(tls, host(name), port, path(url));
  }

  private static Host host(String text) {
    if (text.startsWith("[")) {
      String inner = text.substring(1, text.length() - 1);
      byte @Nullable [] bytes = AddressText.parse(inner);
      return bytes == null
          ? new Host.Ambiguous(text)
          : new Host.Literal(inner, AddressText.toInetAddress(bytes));
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    byte @Nullable [] bytes = AddressText.parse(name);
    if (bytes != null) {
      return new Host.Literal(name, AddressText.toInetAddress(bytes));
    }
    return AddressText.endsInNumber(name) ? new Host.Ambiguous(text) : name(name);
  }

  private static Host name(String text) {
    try {
      String ascii = IDN.toASCII(text).toLowerCase(Locale.ROOT);
      if (ascii.isEmpty()) {
        return new Host.Invalid(text);
      }
      // Full-width digits and dots become ordinary ones only here.
      boolean ambiguous = AddressText.endsInNumber(ascii) || AddressText.parse(ascii) != null;
      return ambiguous ? new Host.Ambiguous(text) : new Host.Name(ascii);
    } catch (IllegalArgumentException noName) {
      return new Host.Invalid(text);
    }
  }

  private static int port(String digits, int defaultPort) {
    if (digits.isEmpty()) {
      return defaultPort;
    }
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
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
