package com.poolbrain.webhooks.domain.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// The text form of IP addresses in URLs and settings. Never resolves a name.
public final class AddressText {

  private AddressText() {}

  /// The 4 or 16 bytes of an address: four decimal numbers without leading zeros, or IPv6 without
  /// brackets and zone. Null for any other text. An IPv4-mapped IPv6 address has 4 bytes.
  public static byte @Nullable [] parse(String text) {
    if (text.indexOf(':') >= 0) {
      return parseIpv6(text);
    }
    return parseIpv4(text);
  }

  private static byte @Nullable [] parseIpv6(String text) {
    try {
      return text.indexOf('%') >= 0 ? null : Inet6Address.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }

  private static byte @Nullable [] parseIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}")) {
        return null;
      }
      int number = Integer.parseInt(parts[i]);
      if (number > 255) {
        return null;
      }
      bytes[i] = (byte) number;
    }
    return bytes;
  }

  /// Whether a host without brackets ends in a number, like `127.1`, `0x7f.1` or `2130706433`. Some
  /// systems read such a host as an address (WHATWG URL, "ends in a number").
  public static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
  }

  /// The address with these 4 or 16 bytes.
  public static InetAddress toInetAddress(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException wrongLength) {
      throw new IllegalArgumentException("an address must have 4 or 16 bytes", wrongLength);
    }
  }
}
