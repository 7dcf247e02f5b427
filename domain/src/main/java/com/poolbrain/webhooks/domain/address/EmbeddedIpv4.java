package com.poolbrain.webhooks.domain.address;

import java.util.Arrays;
import java.util.List;

/// The IPv4 addresses within IPv6 addresses, to which a translator or a tunnel may send.
final class EmbeddedIpv4 {

  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
  private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48");
  private static final Cidr COMPATIBLE = Cidr.parse("::/96");
  private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
  private static final Cidr TEREDO = Cidr.parse("2001::/32");

  private EmbeddedIpv4() {}

  /// Whether it is an IPv4-mapped address, `::ffff:0:0/96`. The JDK turns most of them into IPv4,
  /// and [Cidr] can't write this network for the same reason.
  static boolean isMapped(byte[] address) {
    if (address.length != 16 || address[10] != -1 || address[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether it is an IPv4 address behind the public prefix of translators (RFC 6052).
  static boolean isTranslated(byte[] address) {
    return NAT64.contains(address);
  }

  /// The last four bytes.
  static byte[] last(byte[] address) {
    return bytes(address, 12);
  }

  /// All IPv4 addresses that may be within an address.
  static List<byte[]> of(byte[] address) {
    if (NAT64.contains(address) || COMPATIBLE.contains(address) || TRANSLATED.contains(address)) {
      return List.of(last(address));
    }
    if (LOCAL_NAT64.contains(address)) {
      // A prefix of 48 bits leaves out byte 8 (RFC 6052); the operator may use one of 96 bits.
      byte[] around = {address[6], address[7], address[9], address[10]};
      return List.of(around, last(address));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return List.of(bytes(address, 2));
    }
    if (TEREDO.contains(address)) {
      return List.of(bytes(address, 4), inverted(last(address)));
    }
    return List.of();
  }

  private static byte[] bytes(byte[] address, int from) {
    return Arrays.copyOfRange(address, from, from + 4);
  }

  /// The address of a Teredo client is inverted (RFC 4380).
  private static byte[] inverted(byte[] address) {
    byte[] result = new byte[4];
    for (int i = 0; i < 4; i++) {
      result[i] = (byte) ~address[i];
    }
    return result;
  }
}
