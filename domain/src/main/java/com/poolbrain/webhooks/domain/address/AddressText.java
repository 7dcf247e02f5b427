package com.poolbrain.webhooks.domain.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text form of IP addresses in URLs and settings. Never resolves a name.
public final class AddressText {

  /// Groups of one to four hexadecimal digits, the last two of which may be written as IPv4. The
  /// JDK also reads longer groups, digits of other scripts, and brackets.
  private static final Pattern IPV6 =
      Pattern.compile("(?:[0-9a-fA-F]{0,4}:){2,8}(?:[0-9a-fA-F]{0,4}|([0-9.]*\\.[0-9.]*))");

  private AddressText() {}

  /// The 4 or 16 bytes of an address: four decimal numbers without leading zeros, or IPv6 without
  /// brackets and zone, whose IPv4 part is written as such an address. Null for any other text. An
  /// IPv4-mapped IPv6 address has 4 bytes.
  public static byte @Nullable [] parse(String text) {
    if (text.indexOf(':') >= 0) {
      return parseIpv6(text);
    }
    return parseIpv4(text);
  }

  static byte @Nullable [] parseIpv6(String text) {
    Matcher matcher = IPV6.matcher(text);
    if (!matcher.matches() || (matcher.group(1) != null && parseIpv4(matcher.group(1)) == null)) {
      return null;
    }
    try {
      return Inet6Address.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }

  static byte @Nullable [] parseIpv4(String text) {
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
