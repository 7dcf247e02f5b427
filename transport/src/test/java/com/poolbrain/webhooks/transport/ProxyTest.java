package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.contracts.consumer.Visit;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.transport.TinyDns.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sending through a proxy that opens connections with `CONNECT`.
@Timeout(120)
final class ProxyTest {

  private static void tunnel(Visit visit) throws IOException {
    String[] asked = visit.request().requestLine().split("[ :]", -1);
    visit.say("HTTP/1.1 200 Connection established\r\n\r\n");
    visit.tunnelTo(
        new InetSocketAddress(InetAddress.ofLiteral(asked[1]), Integer.parseInt(asked[2])));
  }

  private static House through(String proxy) {
    return new House(
        House.settings()
            .with(
                new Destinations(
                    House.settings().destinations().allowedNetworks(),
                    true,
                    EgressProxy.parse(proxy))));
  }

  @Test
  void theCheckedAddressIsAskedForAndTheHostNameVerified() throws Exception {
    try (RawServer proxy = RawServer.plain(ProxyTest::tunnel);
        House house = through("http://127.0.0.1:" + proxy.port())) {
      house.dns.says("hooks.test", Reply.addresses(60, "127.0.0.1"));
      RawServer server =
          house.keep(
              RawServer.tls(
                  House.AUTHORITY.issue("hooks.test").serverContext(), new Answers(200, "")));

      assertThat(house.send(server.url("hooks.test", "/a"))).isInstanceOf(Delivered.class);
      assertThat(house.send(server.url("hooks.test", "/b"))).isInstanceOf(Delivered.class);

      assertThat(proxy.received())
          .extracting(Received::requestLine)
          .containsExactly("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
      assertThat(server.received())
          .extracting(Received::requestLine)
          .containsExactly("POST /a HTTP/1.1", "POST /b HTTP/1.1");
    }
  }

  @Test
  void theProxyMayHaveANameAndWantAPassword() throws Exception {
    try (RawServer proxy = RawServer.plain(ProxyTest::tunnel);
        House house = through("http://pool:secret@localhost:" + proxy.port())) {
      RawServer server = house.tls(new Answers(200, ""));

      assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);

      assertThat(proxy.next().headers())
          .contains(Map.entry("proxy-authorization", "Basic cG9vbDpzZWNyZXQ="));
    }
  }

  @Test
  void aForbiddenAddressIsNotAskedFor() throws Exception {
    try (RawServer proxy = RawServer.plain(ProxyTest::tunnel);
        House house = through("http://127.0.0.1:" + proxy.port())) {
      assertThat(house.send(URI.create("https://10.0.0.1/")))
          .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      assertThat(proxy.visits()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"403 Forbidden", "407 Who are you", "502 Bad Gateway"})
  void aProxyThatRefusesIsARefusedConnection(String status) throws Exception {
    try (RawServer proxy =
            RawServer.plain(visit -> {
              visit.request();
              visit.say("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
              visit.waitForTheEnd();
            });
        House house = through("http://127.0.0.1:" + proxy.port())) {
      assertThat(house.send(URI.create("https://localhost/")))
          .isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
    }
  }

  @Test
  void aProxyThatSaysNothingIsAConnectTimeout() throws Exception {
    try (RawServer proxy = RawServer.plain(visit -> visit.waitForTheEnd());
        House house = through("http://127.0.0.1:" + proxy.port())) {
      assertThat(house.send(URI.create("https://127.0.0.1/"), Duration.ofMillis(200)))
          .isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));
    }
  }

  @Test
  void aCertificateIsVerifiedBehindAProxyToo() throws Exception {
    try (RawServer proxy = RawServer.plain(ProxyTest::tunnel);
        House house = through("http://127.0.0.1:" + proxy.port())) {
      RawServer server =
          house.keep(
              RawServer.tls(
                  House.AUTHORITY.issue("elsewhere.test").serverContext(), new Answers(200, "")));

      assertThat(house.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.TLS_HOSTNAME));
    }
  }

  @Test
  void plainHttpToLoopbackGoesDirectly() throws Exception {
    try (RawServer proxy = RawServer.plain(ProxyTest::tunnel);
        House house = through("http://127.0.0.1:" + proxy.port())) {
      RawServer server = house.plain(new Answers(200, ""));

      assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
      assertThat(proxy.visits()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy:3128", "https://proxy:3128", "http://proxy", "http://a b:1"})
  void whatIsNoProxyIsRefusedInWords(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressProxy.parse(text))
        .withMessage("a proxy is written http://host:port");
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(EgressProxy.parse("http://pool:secret@proxy:3128"))
        .hasToString("http://pool:…@proxy:3128");
  }
}
