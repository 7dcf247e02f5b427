package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.domain.address.AddressText;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parsed URL of an endpoint.
///
/// @param tls whether the scheme is https
/// @param port port of the URL, or the default of its scheme
/// @param path path and query, as they are written into the request line
public record Target(boolean tls, Host host, int port, String path) {

  /// The host of a URL.
  sealed interface Host {

    /// The host for TLS and the `Host` header; IPv6 without brackets.
    String text();

    /// A name for DNS: lower case, ASCII, without a trailing dot.
    record Name(String text) implements Host {}

    /// An address in its canonical form.
    record Literal(String text, InetAddress address) implements Host {}

    /// A host that some systems read as an address although it is not in the canonical form.
    record Ambiguous(String text) implements Host {}

    /// Text that is not a host.
    record Invalid(String text) implements Host {}
  }

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
    String host = url.getHost();
    if (host != null) {
      return new Target(
          tls, host(host), url.getPort() < 0 ? defaultPort : url.getPort(), path(url));
    }
    // java.net.URI has no host if it has an underscore or non-ASCII letters, or ends in a number.
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
      // IDN.toASCII turns full-width digits and dots into ASCII.
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
