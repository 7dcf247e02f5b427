package com.poolbrain.webhooks.domain.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/12, 10.15.9.9, true",
    "10.0.0.0/12, 10.16.0.0, false",
    "192.168.1.128/25, 192.168.1.127, false",
    "192.168.1.128/25, 192.168.1.200, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdab::1, true",
    "fd00::/8, fe80::1, false",
    "::1, ::1, true",
    "::/0, 2001:db8::1, true",
    "::/0, 10.0.0.1, false",
  })
  void network_contains_exactly_the_addresses_with_its_prefix(
      String network, String address, boolean contained) {
    InetAddress candidate = InetAddress.ofLiteral(address);

    assertThat(Cidr.parse(network).contains(candidate)).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0/8",
        "127.1",
        "::/129",
        "fe80::1%eth0/64",
        "010.0.0.0/8",
        "10.0.0.0/8/8",
        "1.2.3.256",
        "[::1]/128",
        "::ffff:0177.0.0.1",
        "00000::/8"
      })
  void invalid_network_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("10.0.0.0/8");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1/0, 0.0.0.0/0",
    "10.1.2.3/8, 10.0.0.0/8",
    "192.168.1.129/25, 192.168.1.128/25",
    "10.0.0.1/31, 10.0.0.0/31",
    "fd00:0:0:0:0:0:0:1/8, fd00:0:0:0:0:0:0:0/8",
  })
  void network_with_bits_beyond_its_prefix_is_refused(String text, String network) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessage(
            "'%s' has bits beyond its prefix; write the network as %s, or the address alone as %s"
                .formatted(text, network, text.substring(0, text.indexOf('/'))));
  }

  @Test
  void text_form_is_the_written_network() {
    assertThat(Cidr.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
    assertThat(Cidr.parse("127.0.0.1")).hasToString("127.0.0.1/32");
  }
}
