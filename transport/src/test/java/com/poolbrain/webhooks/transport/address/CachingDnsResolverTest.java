package com.poolbrain.webhooks.transport.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns.Reply;
import com.poolbrain.webhooks.transport.TransportFixture;
import com.poolbrain.webhooks.transport.settings.DnsSettings;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import com.poolbrain.webhooks.transport.settings.NameServers;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Name resolution with its cache, and the check of resolved addresses.
@Timeout(120)
@Tag("slow")
final class CachingDnsResolverTest {

  private static final String HOST = "hooks.test";

  /// Enough for an answer on a machine that stalls.
  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(3);

  private final ManualClock clock = ManualClock.startingAt(Instant.parse("2026-02-13T06:42:24Z"));
  private final TransportFixture fixture = new TransportFixture(onlyOneLoopbackAddress(), clock);
  private final ScriptedServer server =
      fixture.closeLater(
          ScriptedServer.https(TransportFixture.CA.serverContext(HOST), new Responds(200, "")));

  /// 127.0.0.2 is blocked like any private address.
  private static TransportSettings onlyOneLoopbackAddress() {
    return TransportFixture.settings()
        .withEgressPolicy(
            EgressPolicy.publicHttps()
                .withAllowedNetworks(List.of(Cidr.parse("127.0.0.1"), Cidr.parse("::1"))));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Outcome send() throws InterruptedException {
    return fixture.send(server.url(HOST, "/"));
  }

  private static Failed failed(ErrorClass error) {
    return new Failed(error);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "30, 30", "60, 60", "61, 60", "604800, 60"})
  void answer_is_cached_for_its_ttl_within_bounds(int ttl, int keptSeconds) throws Exception {
    fixture.dns.setReplies(HOST, Reply.addresses(ttl, "127.0.0.1"));

    send();
    clock.advance(Duration.ofSeconds(keptSeconds).minusMillis(1));
    send();
    assertThat(fixture.dns.queryCount(HOST)).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(send()).isInstanceOf(Delivered.class);
    assertThat(fixture.dns.queryCount(HOST)).isEqualTo(2);
  }

  @Test
  void shortest_ttl_of_an_answer_counts() throws Exception {
    fixture.dns.setReplies(
        HOST,
        new Reply.Records(
            List.of(
                new TinyDns.AddressRecord(50, "127.0.0.1"),
                new TinyDns.AddressRecord(5, "127.0.0.2"))));

    send();
    clock.advance(Duration.ofSeconds(5));
    send();

    assertThat(fixture.dns.queryCount(HOST)).isEqualTo(2);
  }

  @Test
  void name_that_changes_to_a_blocked_address_is_blocked() throws Exception {
    fixture.dns.setReplies(HOST, Reply.addresses(1, "127.0.0.1"), Reply.addresses(1, "127.0.0.2"));

    assertThat(send()).isInstanceOf(Delivered.class);
    clock.advance(Duration.ofSeconds(1));

    assertThat(send()).isEqualTo(failed(ErrorClass.BLOCKED_ADDRESS));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void name_with_only_an_ipv6_address_is_connected_to() throws Exception {
    ScriptedServer ipv6Server =
        fixture.closeLater(
            ScriptedServer.https(
                InetAddress.ofLiteral("::1"),
                TransportFixture.CA.serverContext(HOST),
                new Responds(200, "six")));
    fixture.dns.setReplies(HOST, Reply.addresses(60, "::1"));

    assertThat(fixture.send(ipv6Server.url(HOST, "/"))).isInstanceOf(Delivered.class);
  }

  @Test
  void next_address_is_tried_when_one_refuses_the_connection() throws Exception {
    fixture.dns.setReplies(HOST, Reply.addresses(60, "127.0.0.1", "::1"));
    ScriptedServer ipv6Server =
        fixture.closeLater(
            ScriptedServer.https(
                InetAddress.ofLiteral("::1"),
                TransportFixture.CA.serverContext(HOST),
                new Responds(200, "six")));

    assertThat(fixture.send(ipv6Server.url(HOST, "/"))).isInstanceOf(Delivered.class);
  }

  @Test
  void all_addresses_refusing_is_connect_refused() throws Exception {
    fixture.dns.setReplies(HOST, Reply.addresses(60, "127.0.0.1", "::1"));
    ClosedPort closed = fixture.closeLater(ClosedPort.reserve());

    assertThat(fixture.send(closed.url(HOST))).isEqualTo(failed(ErrorClass.CONNECT_REFUSED));
  }

  @ParameterizedTest
  @ValueSource(ints = {TinyDns.SERVFAIL, TinyDns.NXDOMAIN, TinyDns.REFUSED})
  void dns_error_is_cached_for_the_minimum_ttl_only(int code) throws Exception {
    fixture.dns.setReplies(HOST, new Reply.Failure(code), Reply.addresses(60, "127.0.0.1"));

    assertThat(send()).isEqualTo(failed(ErrorClass.DNS));
    assertThat(send()).isEqualTo(failed(ErrorClass.DNS));
    assertThat(fixture.dns.queryCount(HOST)).isEqualTo(1);

    clock.advance(Duration.ofSeconds(1));
    assertThat(send()).isInstanceOf(Delivered.class);
  }

  @Test
  void name_without_addresses_is_a_dns_failure() throws Exception {
    fixture.dns.setReplies(HOST, Reply.addresses(60));

    assertThat(send()).isEqualTo(failed(ErrorClass.DNS));
  }

  @Test
  void unresponsive_dns_server_is_a_dns_failure_at_the_deadline() throws Exception {
    fixture.dns.setReplies(HOST, new Reply.NoReply());

    assertThat(fixture.send(server.url(HOST, "/"), Duration.ofMillis(200)))
        .isEqualTo(failed(ErrorClass.DNS));
  }

  @Test
  void lost_dns_query_is_repeated() throws Exception {
    fixture.dns.setReplies(HOST, new Reply.NoReply(), Reply.addresses(60, "127.0.0.1"));

    assertThat(sendBy(2, fixture.dns)).isInstanceOf(Delivered.class);
  }

  @Test
  void one_round_asks_every_server_for_every_record_type() throws Exception {
    TinyDns silent = fixture.closeLater(new TinyDns()).setReplies(HOST, new Reply.NoReply());
    ScriptedServer ipv6Server =
        fixture.closeLater(
            ScriptedServer.https(
                InetAddress.ofLiteral("::1"),
                TransportFixture.CA.serverContext(HOST),
                new Responds(200, "six")));
    fixture.dns.setReplies(HOST, Reply.addresses(60, "::1"));

    assertThat(sendBy(1, ipv6Server, silent, silent, fixture.dns)).isInstanceOf(Delivered.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {TinyDns.SERVFAIL, TinyDns.REFUSED})
  void next_server_is_asked_when_one_can_not_answer(int code) throws Exception {
    TinyDns refusing = fixture.closeLater(new TinyDns()).setReplies(HOST, new Reply.Failure(code));
    fixture.dns.setReplies(HOST, Reply.addresses(60, "127.0.0.1"));

    assertThat(sendBy(1, refusing, fixture.dns)).isInstanceOf(Delivered.class);
  }

  @Test
  void one_round_follows_aliases() throws Exception {
    fixture.dns.setReplies(HOST, new Reply.Alias("a.test"));
    fixture.dns.setReplies("a.test", new Reply.Alias("b.test"));
    fixture.dns.setReplies("b.test", new Reply.Alias("c.test"));
    fixture.dns.setReplies("c.test", Reply.addresses(60, "127.0.0.1"));

    assertThat(sendBy(1, fixture.dns)).isInstanceOf(Delivered.class);
  }

  @Test
  void one_round_does_not_repeat_a_lost_query() throws Exception {
    fixture.dns.setReplies(HOST, new Reply.NoReply(), Reply.addresses(60, "127.0.0.1"));

    assertThat(sendBy(1, fixture.dns)).isEqualTo(failed(ErrorClass.DNS));
    assertThat(fixture.dns.queryCount(HOST)).isEqualTo(1);
  }

  @Test
  void rotate_begins_each_look_up_with_the_next_server() throws Exception {
    TinyDns other = fixture.closeLater(new TinyDns());
    NameServers rotating =
        new NameServers(
            List.of(fixture.dns.address(), other.address()),
            TransportFixture.GENEROUS_TIMEOUT,
            1,
            true);
    DnsSettings settings = DnsSettings.defaults().withNameServers(rotating);
    try (TransportFixture rotatingFixture =
        new TransportFixture(onlyOneLoopbackAddress().withDns(settings), clock)) {
      for (TinyDns dns : List.of(fixture.dns, other)) {
        dns.setReplies(HOST, Reply.addresses(1, "127.0.0.1"));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(rotatingFixture.send(server.url(HOST, "/"))).isInstanceOf(Delivered.class);
        clock.advance(Duration.ofSeconds(1));
      }
    }

    assertThat(fixture.dns.queryCount(HOST)).isEqualTo(2);
    assertThat(other.queryCount(HOST)).isEqualTo(2);
  }

  private Outcome sendBy(int rounds, TinyDns... servers) throws InterruptedException {
    return sendBy(rounds, server, servers);
  }

  private Outcome sendBy(int rounds, ScriptedServer receiver, TinyDns... servers)
      throws InterruptedException {
    NameServers nameServers =
        new NameServers(
            Stream.of(servers).map(TinyDns::address).toList(), QUERY_TIMEOUT, rounds, false);
    DnsSettings settings = DnsSettings.defaults().withNameServers(nameServers);
    try (TransportFixture other =
        new TransportFixture(onlyOneLoopbackAddress().withDns(settings), clock)) {
      return other.send(receiver.url(HOST, "/"));
    }
  }

  @Test
  void failure_of_dns_says_why() throws Exception {
    fixture.dns.setReplies("servfail.test", new Reply.Failure(TinyDns.SERVFAIL));
    fixture.dns.setReplies("empty.test", Reply.addresses(60));

    assertThat(detailOf("nxdomain.test")).isEqualTo("The host name does not exist (NXDOMAIN).");
    assertThat(detailOf("servfail.test")).startsWith("The name servers answered ServFail");
    assertThat(detailOf("empty.test")).isEqualTo("The host name has no address.");
  }

  private @Nullable String detailOf(String host) throws InterruptedException {
    return fixture.sendForDetails(server.url(host, "/")).detail();
  }

  @Test
  void hosts_beyond_the_cache_limit_are_queried_again() throws Exception {
    DnsSettings fewHosts = DnsSettings.defaults().withMaxHosts(2);
    try (TransportFixture smallCache =
        new TransportFixture(onlyOneLoopbackAddress().withDns(fewHosts), clock)) {
      for (int i = 0; i < 5; i++) {
        smallCache.dns.setReplies(i + ".a.test", Reply.addresses(60, "10.0.0.1"));
        smallCache.send(server.url(i + ".a.test", "/"));
      }
      for (int i = 0; i < 5; i++) {
        smallCache.send(server.url(i + ".a.test", "/"));
      }

      int queries = 0;
      for (int i = 0; i < 5; i++) {
        queries += smallCache.dns.queryCount(i + ".a.test");
      }
      assertThat(queries).isBetween(8, 10);
    }
  }

  @Test
  void hosts_file_entry_is_used_without_a_dns_query() throws Exception {
    ScriptedServer localServer = fixture.startTlsServer(new Responds(200, ""));

    assertThat(fixture.send(localServer.url("localhost", "/"))).isInstanceOf(Delivered.class);
    assertThat(fixture.dns.queryCount("localhost")).isZero();
  }
}
