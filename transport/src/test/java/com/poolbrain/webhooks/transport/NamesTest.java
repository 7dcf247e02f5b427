package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.ClosedPort;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.transport.TinyDns.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How names become addresses, and that only checked ones are connected to.
@Timeout(120)
final class NamesTest {

  private static final String HOST = "hooks.test";

  /// A clock that stands still until it is moved.
  private static final class Hand implements InstantSource {

    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-02-13T06:42:24Z"));

    void move(Duration time) {
      now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  private final Hand clock = new Hand();
  private final House house = new House(onlyOneLoopback(), clock);
  private final RawServer server =
      house.keep(RawServer.tls(House.AUTHORITY.issue(HOST).serverContext(), new Answers(200, "")));

  /// 127.0.0.2 is as forbidden as any private address.
  private static TransportSettings onlyOneLoopback() {
    return House.settings()
        .with(new Destinations(List.of(Cidr.parse("127.0.0.1"), Cidr.parse("::1")), false, null));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Outcome send() throws InterruptedException {
    return house.send(server.url(HOST, "/"));
  }

  private static Failed failed(ErrorClass error) {
    return new Failed(error);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "30, 30", "60, 60", "61, 60", "604800, 60"})
  void anAnswerIsKeptAsLongAsItSaysWithinBounds(int ttl, int keptSeconds) throws Exception {
    house.dns.says(HOST, Reply.addresses(ttl, "127.0.0.1"));

    send();
    clock.move(Duration.ofSeconds(keptSeconds).minusMillis(1));
    send();
    assertThat(house.dns.asked(HOST)).isEqualTo(1);

    clock.move(Duration.ofMillis(1));
    assertThat(send()).isInstanceOf(Delivered.class);
    assertThat(house.dns.asked(HOST)).isEqualTo(2);
  }

  @Test
  void theShortestTtlCounts() throws Exception {
    house.dns.says(
        HOST,
        new Reply.Entries(
            List.of(new TinyDns.Entry(50, "127.0.0.1"), new TinyDns.Entry(5, "127.0.0.2"))));

    send();
    clock.move(Duration.ofSeconds(5));
    send();

    assertThat(house.dns.asked(HOST)).isEqualTo(2);
  }

  @Test
  void aNameThatMovesToAForbiddenAddressIsBlocked() throws Exception {
    house.dns.says(HOST, Reply.addresses(1, "127.0.0.1"), Reply.addresses(1, "127.0.0.2"));

    assertThat(send()).isInstanceOf(Delivered.class);
    clock.move(Duration.ofSeconds(1));

    assertThat(send()).isEqualTo(failed(ErrorClass.BLOCKED_ADDRESS));
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "169.254.169.254",
        "127.0.0.2",
        "0.0.0.0",
        "fd00:ec2::254",
        "fe80::1",
        "::"
      })
  void aNameOfAForbiddenAddressIsBlocked(String address) throws Exception {
    house.dns.says(HOST, Reply.addresses(60, address));

    assertThat(send()).isEqualTo(failed(ErrorClass.BLOCKED_ADDRESS));
  }

  @Test
  void forbiddenAddressesAmongOthersAreDropped() throws Exception {
    house.dns.says(HOST, Reply.addresses(60, "10.0.0.1", "127.0.0.1", "169.254.169.254"));

    assertThat(send()).isInstanceOf(Delivered.class);
  }

  @Test
  void aNameMayHaveAnIpv6AddressOnly() throws Exception {
    RawServer six =
        house.keep(
            RawServer.tls(
                InetAddress.ofLiteral("::1"),
                House.AUTHORITY.issue(HOST).serverContext(),
                new Answers(200, "six")));
    house.dns.says(HOST, Reply.addresses(60, "::1"));

    assertThat(house.send(six.url(HOST, "/"))).isInstanceOf(Delivered.class);
  }

  @Test
  void anotherAddressIsTriedWhenOneRefuses() throws Exception {
    house.dns.says(HOST, Reply.addresses(60, "127.0.0.1", "::1"));
    RawServer six =
        house.keep(
            RawServer.tls(
                InetAddress.ofLiteral("::1"),
                House.AUTHORITY.issue(HOST).serverContext(),
                new Answers(200, "six")));

    assertThat(house.send(six.url(HOST, "/"))).isInstanceOf(Delivered.class);
  }

  @Test
  void whenAllAddressesRefuseTheConnectionIsRefused() throws Exception {
    house.dns.says(HOST, Reply.addresses(60, "127.0.0.1", "::1"));
    ClosedPort closed = house.keep(ClosedPort.hold());

    assertThat(house.send(closed.url(HOST))).isEqualTo(failed(ErrorClass.CONNECT_REFUSED));
  }

  @ParameterizedTest
  @ValueSource(ints = {TinyDns.SERVFAIL, TinyDns.NXDOMAIN, TinyDns.REFUSED})
  void anErrorIsADnsFailureThatIsForgottenSoon(int code) throws Exception {
    house.dns.says(HOST, new Reply.Fails(code), Reply.addresses(60, "127.0.0.1"));

    assertThat(send()).isEqualTo(failed(ErrorClass.DNS));
    assertThat(send()).isEqualTo(failed(ErrorClass.DNS));
    assertThat(house.dns.asked(HOST)).isEqualTo(1);

    clock.move(Duration.ofSeconds(1));
    assertThat(send()).isInstanceOf(Delivered.class);
  }

  @Test
  void aNameWithoutAddressesIsADnsFailure() throws Exception {
    house.dns.says(HOST, Reply.addresses(60));

    assertThat(send()).isEqualTo(failed(ErrorClass.DNS));
  }

  @Test
  void aSilentServerIsADnsFailureByTheDeadline() throws Exception {
    house.dns.says(HOST, new Reply.Silence());

    assertThat(house.send(server.url(HOST, "/"), Duration.ofMillis(200)))
        .isEqualTo(failed(ErrorClass.DNS));
  }

  @Test
  void aLostQueryIsRepeated() throws Exception {
    NameSettings impatient = House.names(Duration.ofSeconds(5), 10);
    try (House other = new House(onlyOneLoopback().with(impatient), clock)) {
      other.dns.says(HOST, new Reply.Silence(), Reply.addresses(60, "127.0.0.1"));

      assertThat(other.send(server.url(HOST, "/"))).isInstanceOf(Delivered.class);
    }
  }

  @Test
  void hostsBeyondTheBoundAreAskedForAgain() throws Exception {
    NameSettings few = House.names(House.PLENTY, 2);
    try (House small = new House(onlyOneLoopback().with(few), clock)) {
      for (int i = 0; i < 5; i++) {
        small.dns.says(i + ".a.test", Reply.addresses(60, "10.0.0.1"));
        small.send(server.url(i + ".a.test", "/"));
      }
      for (int i = 0; i < 5; i++) {
        small.send(server.url(i + ".a.test", "/"));
      }

      int asked = 0;
      for (int i = 0; i < 5; i++) {
        asked += small.dns.asked(i + ".a.test");
      }
      assertThat(asked).isBetween(8, 10);
    }
  }

  @Test
  void theHostsFileIsRespectedAndNobodyIsAsked() throws Exception {
    RawServer local = house.tls(new Answers(200, ""));

    assertThat(house.send(local.url("localhost", "/"))).isInstanceOf(Delivered.class);
    assertThat(house.dns.asked("localhost")).isZero();
  }
}
