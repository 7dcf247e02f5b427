package com.poolbrain.webhooks.domain.address;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A network: all addresses with the same leading bits.
public final class Cidr {

  private final byte[] network;
  private final int prefixLength;

  private Cidr(byte[] network, int prefixLength) {
    this.network = network;
    this.prefixLength = prefixLength;
  }

  /// Reads a network such as `10.0.0.0/8` or `fd00::/8`, or a single address such as `127.0.0.1`.
  ///
  /// @throws IllegalArgumentException if the text is something else, or the address has bits beyond
  ///   the prefix; the message says what to write
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte @Nullable [] network =
        AddressText.parse(slash < 0 ? text.strip() : text.substring(0, slash).strip());
    if (network == null) {
      throw malformed(text);
    }
    int prefixLength =
        slash < 0 ? network.length * 8 : prefixLength(text, text.substring(slash + 1).strip());
    if (prefixLength > network.length * 8) {
      throw malformed(text);
    }
    Cidr cidr = new Cidr(withoutHostBits(network, prefixLength), prefixLength);
    if (!Arrays.equals(cidr.network, network)) {
      throw new IllegalArgumentException(
          "'%s' has bits beyond its prefix; write the network as %s, or the address alone as %s"
              .formatted(text, cidr, AddressText.toInetAddress(network).getHostAddress()));
    }
    return cidr;
  }

  private static byte[] withoutHostBits(byte[] network, int prefixLength) {
    byte[] masked = new byte[network.length];
    System.arraycopy(network, 0, masked, 0, prefixLength / 8);
    if (prefixLength % 8 != 0) {
      masked[prefixLength / 8] =
          (byte) (network[prefixLength / 8] & (0xff00 >> (prefixLength % 8)));
    }
    return masked;
  }

  private static int prefixLength(String text, String digits) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw malformed(text);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a network; write it like 10.0.0.0/8, fd00::/8 or 127.0.0.1");
  }

  /// Whether the address belongs to this network. IPv6 addresses never belong to an IPv4 network.
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int wholeBytes = prefixLength / 8;
    for (int i = 0; i < wholeBytes; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int remainingBits = prefixLength % 8;
    int mask = 0xff00 >> remainingBits & 0xff;
    return remainingBits == 0 || (address[wholeBytes] & mask) == (network[wholeBytes] & mask);
  }

  /// The network in CIDR notation.
  @Override
  public String toString() {
    return AddressText.toInetAddress(network).getHostAddress() + "/" + prefixLength;
  }
}
