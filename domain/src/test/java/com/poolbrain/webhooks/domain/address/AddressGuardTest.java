package com.poolbrain.webhooks.domain.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {

  private final AddressGuard guard = new AddressGuard(List.of(), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::",
        "2001:2::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
      })
  void non_public_addresses_are_refused(String address) {
    assertThat(guard.allows(bytes(address))).isFalse();
    assertThat(guard.allows(AddressText.toInetAddress(bytes(address)))).isFalse();
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
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2003::1",
      })
  void public_addresses_are_allowed(String address) {
    assertThat(guard.allows(bytes(address))).isTrue();
  }

  @Test
  void configured_networks_are_allowed_and_no_others() {
    AddressGuard configured =
        new AddressGuard(
            List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("::1"), Cidr.parse("fd00::/8")),
            List.of());

    assertThat(configured.allows(bytes("10.1.255.1"))).isTrue();
    assertThat(configured.allows(bytes("::ffff:10.1.0.1"))).isTrue();
    assertThat(configured.allows(bytes("64:ff9b::10.1.0.1"))).isTrue();
    assertThat(configured.allows(bytes("::1"))).isTrue();
    assertThat(configured.allows(bytes("fd12::1"))).isTrue();
    assertThat(configured.allows(bytes("10.2.0.1"))).isFalse();
    assertThat(configured.allows(bytes("127.0.0.1"))).isFalse();
    assertThat(configured.allows(bytes("fe80::1"))).isFalse();
    assertThat(configured.allows(bytes("8.8.8.8"))).isTrue();
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
      assertThat(configured.allows(bytes(denied))).as(denied).isFalse();
    }
    for (String allowed : List.of("10.3.0.1", "8.8.4.4", "64:ff9b::10.3.0.1", "fd13::1")) {
      assertThat(configured.allows(bytes(allowed))).as(allowed).isTrue();
    }
  }

  @Test
  void ipv4_mapped_address_is_judged_by_its_ipv4_address() {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 127;
    assertThat(guard.allows(mapped)).isFalse();

    mapped[12] = 8;
    assertThat(guard.allows(mapped)).isTrue();
  }

  private static byte[] bytes(String address) {
    return Objects.requireNonNull(AddressText.parse(address), address);
  }
}
