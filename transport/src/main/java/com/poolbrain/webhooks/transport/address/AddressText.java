package com.poolbrain.webhooks.transport.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// IP addresses as they are written in URLs and settings, read without ever asking a name server.
public final class AddressText {

  private AddressText() {}

  /// The bytes of an address in its one usual form: four decimal numbers without leading zeros, or
  /// IPv6 without brackets and zone; null for anything else. Four bytes for an IPv4 address that is
  /// mapped into IPv6.
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

  /// Whether a host without brackets ends in a number, which makes it an address however it is
  /// spelled (`127.1`, `0x7f.1`, `2130706433`), and never a name (WHATWG URL, "ends in a number").
  static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
  }

  /// The address that has these 4 or 16 bytes.
  public static InetAddress toInetAddress(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException wrongLength) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", wrongLength);
    }
  }
}
