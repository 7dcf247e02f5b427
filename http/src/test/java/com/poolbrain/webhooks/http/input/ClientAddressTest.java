package com.poolbrain.webhooks.http.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trusted proxies are at 10.x.x.x and in fd00::/8.
class ClientAddressTest {

  private static boolean isTrustedProxy(InetAddress address) {
    return address.getHostAddress().matches("10[.].*|fd.*");
  }

  private static InetAddress find(String peer, String... forwardedFor) {
    return ClientAddress.find(peer, List.of(forwardedFor), ClientAddressTest::isTrustedProxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // without a trusted proxy, the header is the client's own
        "192.0.2.1 | 198.51.100.1 | 192.0.2.1",
        "10.0.0.1 | '' | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1 | 192.0.2.1",
        // the client sent the header as well
        "10.0.0.1 | 203.0.113.9, 192.0.2.1 | 192.0.2.1",
        "10.0.0.1 | garbage, 192.0.2.1 | 192.0.2.1",
        // several proxies
        "10.0.0.1 | 203.0.113.9,192.0.2.1 , 10.0.0.3,10.0.0.2 | 192.0.2.1",
        "10.0.0.1 | 10.0.0.4, 10.0.0.3 | 10.0.0.4",
        // what can't be read ends the chain
        "10.0.0.1 | 192.0.2.1, unknown | 10.0.0.1",
        "10.0.0.1 | 192.0.2.1, 10.0.0.999, 10.0.0.2 | 10.0.0.2",
        "10.0.0.1 | 192.0.2.1, | 10.0.0.1",
        // ports and IPv6
        "10.0.0.1 | 192.0.2.1:49152 | 192.0.2.1",
        "10.0.0.1 | [2001:db8::1]:49152 | 2001:db8::1",
        "10.0.0.1 | [2001:db8::1] | 2001:db8::1",
        "fd00::1 | 2001:db8::1, fd00::2 | 2001:db8::1",
        "fe80::1%eth0 | 2001:db8::1 | fe80::1",
        "::ffff:10.0.0.1 | ::ffff:192.0.2.1 | 192.0.2.1",
      })
  void address_is_the_rightmost_one_that_is_no_trusted_proxy(
      String peer, String forwardedFor, String expected) {
    assertThat(find(peer, forwardedFor)).isEqualTo(InetAddress.ofLiteral(expected));
  }

  @Test
  void header_that_was_sent_several_times_is_one_list() {
    assertThat(find("10.0.0.1", "203.0.113.9", "192.0.2.1, 10.0.0.3", "10.0.0.2"))
        .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void connection_without_an_address_is_one_client() {
    assertThat(ClientAddress.find(null, List.of("192.0.2.1"), _ -> true))
        .isEqualTo(InetAddress.ofLiteral("0.0.0.0"));
  }
}
