package com.poolbrain.webhooks.http.input;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The address of the client that sent a request, perhaps through proxies.
///
/// A proxy appends the address of its own client to `X-Forwarded-For`. A client may send the header
/// as well, so only what trusted proxies appended counts: the address is the rightmost one that is
/// not a trusted proxy.
public final class ClientAddress {

  /// The address of a connection whose other end is unknown.
  private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

  /// An address, which some proxies write with its port: `192.0.2.1:80`, `[2001:db8::1]:80`.
  private static final Pattern ENTRY =
      Pattern.compile("([0-9.]+)(?::[0-9]+)?|([0-9a-fA-F:.]+)|\\[([0-9a-fA-F:.]+)](?::[0-9]+)?");

  private ClientAddress() {}

  /// The address of the client.
  ///
  /// @param peer the other end of the connection, without a host name; null if it is unknown
  /// @param forwardedFor all values of `X-Forwarded-For` in their order
  public static InetAddress find(
      @Nullable String peer, List<String> forwardedFor, Predicate<InetAddress> isTrustedProxy) {
    InetAddress address = peer == null ? null : parse(withoutZone(peer));
    if (address == null) {
      return UNKNOWN;
    }
    String[] entries = String.join(",", forwardedFor).split(",", -1);
    for (int i = entries.length - 1; i >= 0 && isTrustedProxy.test(address); i--) {
      InetAddress forwarded = parse(entries[i].strip());
      if (forwarded == null) {
        return address;
      }
      address = forwarded;
    }
    return address;
  }

  private static String withoutZone(String peer) {
    int zone = peer.indexOf('%');
    return zone < 0 ? peer : peer.substring(0, zone);
  }

  private static @Nullable InetAddress parse(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      return null;
    }
    String literal = matcher.group(1);
    for (int group = 2; literal == null; group++) {
      literal = matcher.group(group);
    }
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }
}
