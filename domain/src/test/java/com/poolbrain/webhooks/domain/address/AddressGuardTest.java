package com.poolbrain.webhooks.domain.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {

  private final AddressGuard guard = new AddressGuard(List.of(), List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0 0.255.255.255|this network",
        "10.0.0.0 10.255.255.255|private",
        "100.64.0.0 100.127.255.255|shared by carriers",
        "127.0.0.0 127.255.255.255|loopback",
        "169.254.0.0 169.254.255.255|link-local",
        "172.16.0.0 172.31.255.255|private",
        "192.0.0.0 192.0.0.255|reserved for protocols",
        "192.0.2.0 192.0.2.255|documentation",
        "192.31.196.0 192.31.196.255|AS112",
        "192.52.193.0 192.52.193.255|multicast tunnels",
        "192.88.99.0 192.88.99.255|6to4 relay",
        "192.168.0.0 192.168.255.255|private",
        "192.175.48.0 192.175.48.255|AS112",
        "198.18.0.0 198.19.255.255|benchmarks",
        "198.51.100.0 198.51.100.255|documentation",
        "203.0.113.0 203.0.113.255|documentation",
        "224.0.0.0 239.255.255.255|multicast",
        "240.0.0.0 255.255.255.254|reserved",
        "255.255.255.255 255.255.255.255|broadcast",
        ":: ::|unspecified",
        "::1 ::1|loopback",
        "::2 ::ffff:ffff|IPv4-compatible",
        "::127.0.0.1 ::8.8.8.8|IPv4-compatible",
        "::ffff:127.0.0.0 ::ffff:127.255.255.255|loopback",
        "::ffff:0:0:0 ::ffff:0:255.255.255.255|IPv4-translated",
        "64:ff9b::10.0.0.0 64:ff9b::10.255.255.255|private",
        "64:ff9b::169.254.169.254 64:ff9b::169.254.169.254|link-local",
        "64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff|local translator",
        "100:: 100::ffff:ffff:ffff:ffff|discarded",
        "100:0:0:1:: 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|not global unicast",
        "2001:: 2001:0:ffff:ffff:ffff:ffff:ffff:ffff|Teredo",
        "2001:1:: 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff|reserved for protocols",
        "2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff|documentation",
        "2002:: 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff|6to4",
        "2620:4f:8000:: 2620:4f:8000:ffff:ffff:ffff:ffff:ffff|AS112",
        "3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff|documentation",
        "4000:: fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|not global unicast",
        "fc00:: fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|private",
        "fe00:: fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff|not global unicast",
        "fe80:: febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff|link-local",
        "fec0:: feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|site-local",
        "ff00:: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff|multicast",
      })
  void first_and_last_address_of_a_special_network_are_refused(String addresses, String reason) {
    for (String text : addresses.split(" ", -1)) {
      assertThat(guard.findRefusal(bytes(text))).as(text).contains(reason);
      assertThat(guard.allows(address(text))).as(text).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2000::",
        "2001:200::",
        "2001:db7:ffff::",
        "2001:db9::",
        "2001:ffff::",
        "2620:4f:7fff::",
        "2620:4f:8001::",
        "3ffe:ffff::",
        "3fff:1000::",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2003::1",
      })
  void public_addresses_are_allowed(String text) {
    assertThat(guard.allows(address(text))).isTrue();
  }

  @Test
  void configured_networks_are_allowed_and_no_others() {
    AddressGuard configured =
        new AddressGuard(
            List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("::1"), Cidr.parse("fd00::/8")),
            List.of());

    assertThat(configured.allows(address("10.1.255.1"))).isTrue();
    assertThat(configured.allows(address("::ffff:10.1.0.1"))).isTrue();
    assertThat(configured.allows(address("64:ff9b::10.1.0.1"))).isTrue();
    assertThat(configured.allows(address("::1"))).isTrue();
    assertThat(configured.allows(address("fd12::1"))).isTrue();
    assertThat(configured.allows(address("10.2.0.1"))).isFalse();
    assertThat(configured.allows(address("127.0.0.1"))).isFalse();
    assertThat(configured.allows(address("fe80::1"))).isFalse();
    assertThat(configured.allows(address("8.8.8.8"))).isTrue();
  }

  @Test
  void denied_networks_are_stronger_than_public_and_allowed_ones() {
    AddressGuard configured =
        new AddressGuard(
            List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("64:ff9b::/96"), Cidr.parse("fd00::/8")),
            List.of(
                Cidr.parse("10.2.0.0/16"),
                Cidr.parse("8.8.8.0/24"),
                Cidr.parse("2001:67c:2b0:db32::/96"),
                Cidr.parse("fd12::/16")));

    for (String denied :
        List.of(
            "10.2.255.1",
            "::ffff:10.2.0.1",
            "64:ff9b::10.2.0.1",
            "8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:67c:2b0:db32::a00:1",
            "fd12::1")) {
      assertThat(configured.allows(address(denied))).as(denied).isFalse();
    }
    for (String allowed : List.of("10.3.0.1", "8.8.4.4", "64:ff9b::10.3.0.1", "fd13::1")) {
      assertThat(configured.allows(address(allowed))).as(allowed).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:10.2.0.1",
        "::ffff:0:10.2.0.1",
        "::10.2.0.1",
        "64:ff9b::10.2.0.1",
        "64:ff9b:1:a02:0:100::",
        "64:ff9b:1::10.2.0.1",
        "2002:a02:1::",
        "2001:0:a02:1::",
        "2001:0:808:808:0:0:f5fd:fffe",
      })
  void denied_network_is_denied_within_ipv6_too(String text) {
    List<Cidr> everything = List.of(Cidr.parse("::/0"), Cidr.parse("0.0.0.0/0"));
    AddressGuard permissive = new AddressGuard(everything, List.of());
    AddressGuard configured = new AddressGuard(everything, List.of(Cidr.parse("10.2.0.0/16")));

    assertThat(permissive.findRefusal(bytes(text))).isNull();
    assertThat(configured.findRefusal(bytes(text))).isEqualTo("blocked by this service");
  }

  /// The JDK makes an IPv4 address of most of them.
  @Test
  void ipv4_mapped_address_is_judged_by_its_ipv4_address() {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 127;
    assertThat(guard.findRefusal(mapped)).isEqualTo("loopback");

    mapped[12] = 8;
    assertThat(guard.findRefusal(mapped)).isNull();
  }

  private static InetAddress address(String text) {
    return AddressText.toInetAddress(bytes(text));
  }

  private static byte[] bytes(String address) {
    return Objects.requireNonNull(AddressText.parse(address), address);
  }
}
