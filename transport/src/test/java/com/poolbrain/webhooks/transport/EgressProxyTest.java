package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer.Script;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns.Reply;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

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

  private static TransportSettings proxySettings(String proxy) {
    return TransportFixture.settings()
        .withEgressPolicy(
            TransportFixture.settings().egressPolicy().withProxy(EgressProxy.parse(proxy)));
  }

  private static TransportFixture fixtureWithProxy(String proxy) {
    return new TransportFixture(proxySettings(proxy));
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

  private static Script answering(String status) {
    return connection -> {
      connection.readRequest();
      connection.send("HTTP/1.1 " + status + "\r\nConnection: close\r\n\r\nSorry.");
      connection.awaitClientClose();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "403 Forbidden",
        "407 Proxy Authentication Required",
        "400 Bad Request",
        "302 Found",
        "500 Oops",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout"
      })
  void answer_of_a_proxy_that_opened_no_connection_is_proxy(String status) throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(answering(status));
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      SendResult result = fixture.sendForDetails(URI.create("https://localhost/"));

      assertThat(result.outcome()).isEqualTo(new Failed(ErrorClass.PROXY));
      assertThat(result.detail())
          .isEqualTo("The egress proxy did not open the connection. It answered " + status + ".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, PROXY, PROXY",
    "407 Proxy Authentication Required, PROXY, PROXY",
    "500 Oops, CONNECT_REFUSED, PROXY",
    "502 Bad Gateway, CONNECT_REFUSED, PROXY",
    "503 Service Unavailable, CONNECT_REFUSED, PROXY",
    "504 Gateway Timeout, CONNECT_TIMEOUT, PROXY",
  })
  void error_5xx_of_a_proxy_blames_the_endpoint_for_10_s_after_the_last_connection(
      String status, ErrorClass atOnce, ErrorClass after10Seconds) throws Exception {
    ManualClock clock = ManualClock.startingAt(Instant.parse("2026-02-13T06:42:24Z"));
    Script opensOneTunnel =
        connection -> {
          if (connection.number() == 1) {
            tunnel(connection);
          } else {
            answering(status).serve(connection);
          }
        };
    try (ScriptedServer proxy = ScriptedServer.http(opensOneTunnel);
        TransportFixture fixture =
            new TransportFixture(proxySettings("http://127.0.0.1:" + proxy.port()), clock)) {
      URI working = fixture.startTlsServer(new Responds(200, "")).url("/");
      URI dead = URI.create("https://127.0.0.2/");
      assertThat(fixture.send(working)).isInstanceOf(Delivered.class);

      clock.advance(Duration.ofSeconds(10).minusMillis(1));
      SendResult result = fixture.sendForDetails(dead);
      assertThat(result.outcome()).isEqualTo(new Failed(atOnce));
      assertThat(result.detail()).contains("It answered " + status);
      clock.advance(Duration.ofMillis(1));
      assertThat(fixture.send(dead)).isEqualTo(new Failed(after10Seconds));
    }
  }

  @Test
  void proxy_that_closes_resets_or_speaks_another_protocol_is_proxy() throws Exception {
    for (Script script :
        List.<Script>of(
            ScriptedConnection::closeAbruptly,
            ScriptedConnection::reset,
            connection -> connection.send("220 mail.example.com ESMTP\r\n"),
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 20");
            })) {
      try (ScriptedServer proxy = ScriptedServer.http(script);
          TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port());
          WarningLog log = new WarningLog()) {
        SendResult result = fixture.sendForDetails(URI.create("https://127.0.0.1/"));

        assertThat(result.outcome()).isEqualTo(new Failed(ErrorClass.PROXY));
        assertThat(result.detail()).contains("egress proxy");
        assertThat(log.lines())
            .singleElement()
            .asString()
            .startsWith("Attempts fail because of the egress proxy http://127.0.0.1:");
      }
    }
  }

  @Test
  void unresponsive_proxy_is_proxy() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(connection -> connection.awaitClientClose());
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      assertThat(fixture.send(URI.create("https://127.0.0.1/"), Duration.ofMillis(200)))
          .isEqualTo(new Failed(ErrorClass.PROXY));
    }
  }

  @Test
  void proxy_that_can_not_be_resolved_or_reached_is_proxy() throws Exception {
    try (ClosedPort closed = ClosedPort.reserve();
        TransportFixture unreachable =
            fixtureWithProxy("http://127.0.0.1:" + closed.url().getPort());
        TransportFixture unknown = fixtureWithProxy("http://proxy.invalid:3128")) {
      SendResult refused = unreachable.sendForDetails(URI.create("https://127.0.0.1/"));
      assertThat(refused.outcome()).isEqualTo(new Failed(ErrorClass.PROXY));
      assertThat(refused.detail())
          .as("without the address of the proxy")
          .isEqualTo("The connection to the egress proxy failed.");
      SendResult result = unknown.sendForDetails(URI.create("https://127.0.0.1/"));
      assertThat(result.outcome()).isEqualTo(new Failed(ErrorClass.PROXY));
      assertThat(result.detail())
          .isEqualTo("The egress proxy has no address. The host name does not exist (NXDOMAIN).");
    }
  }

  @Test
  void failures_of_the_proxy_are_logged_once_a_minute_with_its_name() throws Exception {
    ManualClock clock = ManualClock.startingAt(Instant.parse("2026-02-13T06:42:24Z"));
    try (ScriptedServer proxy = ScriptedServer.http(answering("407 Who are you"));
        TransportFixture fixture =
            new TransportFixture(
                proxySettings("http://me:secret@localhost:" + proxy.port()), clock);
        WarningLog log = new WarningLog()) {
      URI url = URI.create("https://127.0.0.1/");
      for (int i = 0; i < 5; i++) {
        fixture.send(url);
      }
      clock.advance(Duration.ofMinutes(1));
      fixture.send(url);

      String text =
          "Attempts fail because of the egress proxy http://me:…@localhost:%d"
                  .formatted(proxy.port())
              + " (WEBHOOKS_EGRESS_PROXY): The egress proxy did not open the connection. It answered"
              + " 407 Who are you.";
      assertThat(log.lines())
          .containsExactly(text, text + " 4 more attempts failed by it since the last such line.");
    }
  }

  /// The lines that all loggers write at level warn or error, those of libraries too.
  private static final class WarningLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    WarningLog() {
      appender.start();
      root.addAppender(appender);
    }

    List<String> lines() {
      return List.copyOf(appender.list).stream()
          .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
          .map(ILoggingEvent::getFormattedMessage)
          .toList();
    }

    @Override
    public void close() {
      root.detachAppender(appender);
    }
  }

  @Test
  void endpoint_behind_a_proxy_is_blamed_for_its_own_failures() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.http(EgressProxyTest::tunnel);
        TransportFixture fixture = fixtureWithProxy("http://127.0.0.1:" + proxy.port())) {
      ScriptedServer resetting =
          fixture.startTlsServer(connection -> {
            connection.readRequest();
            connection.closeAbruptly();
          });
      ScriptedServer hangingHandshake =
          fixture.startPlainServer(connection -> connection.awaitClientClose());

      assertThat(fixture.send(resetting.url("/")))
          .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
      URI hanging = URI.create("https://127.0.0.1:" + hangingHandshake.port() + "/");
      assertThat(fixture.send(hanging, Duration.ofSeconds(2)))
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
}
