package com.poolbrain.webhooks.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.address.AddressText;
import com.poolbrain.webhooks.http.share.ClientLimiter;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientLimiterTest {

  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

  private long millis;

  private final ClientLimiter limiter =
      new ClientLimiter(10, 100, () -> TimeUnit.MILLISECONDS.toNanos(millis));

  private long acquireAll(String client) {
    return IntStream.range(0, 1_000)
        .filter(_ -> limiter.tryAcquire(InetAddress.ofLiteral(client)))
        .count();
  }

  @Test
  void client_has_a_burst_and_then_a_rate() {
    assertThat(acquireAll("192.0.2.1")).isEqualTo(100);
    millis = 99;
    assertThat(acquireAll("192.0.2.1")).isZero();
    millis = 1_000;
    assertThat(acquireAll("192.0.2.1")).isEqualTo(10);
    millis = 3_600_000;
    assertThat(acquireAll("192.0.2.1")).isEqualTo(100);
  }

  @Test
  void look_up_of_a_valid_key_is_not_counted() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.tryAcquire(CLIENT)).isTrue();
      limiter.refund(CLIENT);
    }
    limiter.refund(CLIENT);
    assertThat(acquireAll("192.0.2.1")).isEqualTo(100);
  }

  @Test
  void ipv4_clients_are_told_apart_by_address_and_ipv6_clients_by_network_of_64_bits() {
    acquireAll("192.0.2.1");
    assertThat(acquireAll("192.0.2.2")).isEqualTo(100);
    assertThat(acquireAll("2001:db8:1:1::1")).isEqualTo(100);
    assertThat(acquireAll("2001:db8:1:1:ffff::2")).isZero();
    assertThat(acquireAll("2001:db8:1:2::1")).isEqualTo(100);
    assertThat(acquireAll("::ffff:192.0.2.1")).isZero();
  }

  @Test
  void clients_that_were_seen_last_are_remembered() {
    acquireAll("192.0.2.1");
    for (int i = 0; i < 100_000; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      limiter.tryAcquire(AddressText.toInetAddress(address));
      if (i % 1_000 == 0) {
        assertThat(limiter.tryAcquire(CLIENT)).isFalse();
      }
    }
    assertThat(limiter.clientCount()).isEqualTo(10_000);
  }
}
