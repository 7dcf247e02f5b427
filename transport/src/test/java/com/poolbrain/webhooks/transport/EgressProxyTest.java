package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns.Reply;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
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

/// Requests through an HTTP proxy (`CONNECT`).
@Timeout(120)
final class EgressProxyTest {

  private static void tunnel(ScriptedConnection connection) throws IOException {
    String[] connectTarget = connection.readRequest().requestLine().split("[ :]", -1);
    connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
    connection.tunnelTo(
        new InetSocketAddress(
            InetAddress.ofLiteral(connectTarget[1]), Integer.parseInt(connectTarget[2])));
  }

  private static TransportFixture fixtureWithProxy(String proxy) {
    return new TransportFixture(
        TransportFixture.settings()
            .withEgressPolicy(
                TransportFixture.settings().egressPolicy().withProxy(EgressProxy.parse(proxy))));
  }

  @Test
  void proxy_is_asked_for_the_checked_address_and_the_host_name_is_verified() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(EgressProxyTest::tunnel);
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      fixture.dns.setReplies("hooks.test", Reply.addresses(60, "127.0.0.1"));
      ScriptedServer server =
          fixture.closeLater(
              ScriptedServer.https(
                  TransportFixture.CA.serverContext("hooks.test"), new Responds(200, "")));

      assertThat(fixture.send(server.url("hooks.test", "/a"))).isInstanceOf(Delivered.class);
      assertThat(fixture.send(server.url("hooks.test", "/b"))).isInstanceOf(Delivered.class);

      assertThat(proxy.requests())
          .extracting(ReceivedRequest::requestLine)
          .containsExactly("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
      assertThat(server.requests())
          .extracting(ReceivedRequest::requestLine)
          .containsExactly("POST /a HTTP/1.1", "POST /b HTTP/1.1");
    }
  }

  @Test
  void proxy_with_host_name_and_password_is_used() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(EgressProxyTest::tunnel);
        TransportFixture fixture =
            fixtureWithProxy("http://pool:secret@localhost:" + proxy.port())) {
      ScriptedServer server = fixture.startTlsServer(new Responds(200, ""));

      assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);

      assertThat(proxy.nextRequest().headers())
          .contains(Map.entry("proxy-authorization", "Basic cG9vbDpzZWNyZXQ="));
    }
  }

  @Test
  void proxy_is_not_asked_for_a_blocked_address() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(EgressProxyTest::tunnel);
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      assertThat(fixture.send(URI.create("https://10.0.0.1/")))
          .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      assertThat(proxy.connectionCount()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"403 Forbidden", "407 Who are you", "502 Bad Gateway"})
  void proxy_that_refuses_is_connect_refused(String status) throws Exception {
    try (ScriptedServer proxy =
            ScriptedServer.http(connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
              connection.awaitClientClose();
            });
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      assertThat(fixture.send(URI.create("https://localhost/")))
          .isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
    }
  }

  @Test
  void unresponsive_proxy_is_connect_timeout() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(connection -> connection.awaitClientClose());
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      assertThat(fixture.send(URI.create("https://127.0.0.1/"), Duration.ofMillis(200)))
          .isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));
    }
  }

  @Test
  void certificate_is_verified_behind_a_proxy() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(EgressProxyTest::tunnel);
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      ScriptedServer server =
          fixture.closeLater(
              ScriptedServer.https(
                  TransportFixture.CA.serverContext("elsewhere.test"), new Responds(200, "")));

      assertThat(fixture.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.TLS_HOSTNAME));
    }
  }

  @Test
  void plain_http_to_loopback_bypasses_the_proxy() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(EgressProxyTest::tunnel);
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      ScriptedServer server = fixture.startPlainServer(new Responds(200, ""));

      assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
      assertThat(proxy.connectionCount()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy:3128", "https://proxy:3128", "http://proxy", "http://a b:1"})
  void invalid_proxy_url_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressProxy.parse(text))
        .withMessage("a proxy is written http://host:port");
  }

  @Test
  void proxy_password_is_not_in_the_text_form() {
    assertThat(EgressProxy.parse("http://pool:secret@proxy:3128"))
        .hasToString("http://pool:…@proxy:3128");
  }
}
