package com.poolbrain.webhooks.transport.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.testkit.endpoint.TestCa.Validity;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns;
import com.poolbrain.webhooks.transport.TransportFixture;
import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs with the TLS of the JDK, and with BoringSSL where it is available.
@ParameterizedClass
@MethodSource("providers")
final class TlsTest {

  private final SslProvider provider;
  private final TransportFixture fixture;

  static Set<SslProvider> providers() {
    return EnumSet.of(Tls.preferredProvider(), SslProvider.JDK);
  }

  TlsTest(SslProvider provider) {
    this.provider = provider;
    this.fixture = fixtureWith(TransportFixture.settings());
  }

  private TransportFixture fixtureWith(TransportSettings settings) {
    return new TransportFixture(settings, InstantSource.system(), provider);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void boringssl_is_available_on_linux() {
    assertThat(Tls.preferredProvider()).isEqualTo(SslProvider.OPENSSL_REFCNT);
  }

  @Test
  void certificate_of_an_unknown_ca_is_tls_untrusted() throws Exception {
    TestCa unknownCa = TestCa.create(InstantSource.system());

    assertThat(sendTo(unknownCa.issue("localhost")))
        .isEqualTo(new Failed(ErrorClass.TLS_UNTRUSTED));
  }

  @Test
  void certificate_for_another_host_is_tls_hostname() throws Exception {
    assertThat(sendTo(TransportFixture.CA.issue("elsewhere.test")))
        .isEqualTo(new Failed(ErrorClass.TLS_HOSTNAME));
  }

  @ParameterizedTest
  @EnumSource(
      value = Validity.class,
      names = {"EXPIRED", "NOT_YET_VALID"})
  void certificate_outside_its_validity_is_tls_expired(Validity validity) throws Exception {
    assertThat(sendTo(TransportFixture.CA.issue(validity, "localhost")))
        .isEqualTo(new Failed(ErrorClass.TLS_EXPIRED));
  }

  @Test
  void server_with_a_rejected_certificate_receives_no_request() throws Exception {
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.https(
                TransportFixture.CA.serverContext("elsewhere.test"), new Responds(200, "")));

    fixture.send(server.url("/"));

    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void address_in_the_url_is_verified_as_an_address(String host) throws Exception {
    InetAddress address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
    ScriptedServer serverWithAddress =
        fixture.closeLater(
            ScriptedServer.https(address, TransportFixture.LOCALHOST_TLS, new Responds(200, "")));
    ScriptedServer serverWithoutAddress =
        fixture.closeLater(
            ScriptedServer.https(
                address, TransportFixture.CA.serverContext("localhost"), new Responds(200, "")));

    assertThat(fixture.send(serverWithAddress.url(host, "/"))).isInstanceOf(Delivered.class);
    assertThat(fixture.send(serverWithoutAddress.url(host, "/")))
        .isEqualTo(new Failed(ErrorClass.TLS_HOSTNAME));
  }

  @Test
  void host_name_is_sent_as_sni() throws Exception {
    fixture.dns.setReplies("hooks.test", TinyDns.Reply.addresses(60, "127.0.0.1"));
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.https(
                TransportFixture.CA.serverContext("hooks.test"),
                connection -> {
                  connection.readRequest();
                  connection.respond(200, String.join(",", connection.sniHostNames()));
                }));

    assertThat(fixture.send(server.url("hooks.test", "/")))
        .extracting(outcome -> ((Delivered) outcome).response().body())
        .isEqualTo("hooks.test");
  }

  @Test
  void host_name_without_a_dot_is_sent_as_sni() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.respond(200, String.join(",", connection.sniHostNames()));
        });

    assertThat(fixture.send(server.url("/")))
        .extracting(outcome -> ((Delivered) outcome).response().body())
        .isEqualTo("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tls_1_2_and_1_3_are_supported(String version) throws Exception {
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.https(TransportFixture.LOCALHOST_TLS, new Responds(200, ""), version));

    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void demand_for_a_client_certificate_is_tls_other_whatever_the_server_does_next(String version)
      throws Exception {
    for (Ending ending : Ending.values()) {
      URI url = startServerWithClientAuthentication(version, ending);

      for (int i = 0; i < 20; i++) {
        SendResult result = fixture.sendForDetails(url);
        assertThat(result.outcome()).as(ending + "").isEqualTo(new Failed(ErrorClass.TLS_OTHER));
        assertThat(result.detail())
            .startsWith("The server asks for a client certificate, which webhooks do not have.");
      }
    }
  }

  /// What a server does after it rejected a client without a certificate.
  private enum Ending {
    KEEPS_OPEN,
    CLOSES,
    RESETS
  }

  private URI startServerWithClientAuthentication(String version, Ending ending)
      throws IOException {
    ServerSocket server =
        fixture.closeLater(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    CountDownLatch closed = new CountDownLatch(1);
    AutoCloseable closer = closed::countDown;
    fixture.closeLater(closer);
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket tcp = server.accept();
              Thread.ofVirtual().start(() -> rejectClient(tcp, version, ending, closed));
            }
          } catch (IOException end) {
            assertThat(server.isClosed()).isTrue();
          }
        });
    return URI.create("https://localhost:" + server.getLocalPort() + "/");
  }

  private static void rejectClient(
      Socket tcp, String version, Ending ending, CountDownLatch closed) {
    try (tcp) {
      SSLSocket tls =
          (SSLSocket)
              TransportFixture.LOCALHOST_TLS
                  .getSocketFactory()
                  .createSocket(tcp, null, tcp.getPort(), false);
      tls.setUseClientMode(false);
      tls.setNeedClientAuth(true);
      tls.setEnabledProtocols(new String[] {version});
      assertThatExceptionOfType(IOException.class).isThrownBy(tls::startHandshake);
      switch (ending) {
        case KEEPS_OPEN -> closed.await();
        case CLOSES -> tcp.shutdownOutput();
        case RESETS -> tcp.setSoLinger(true, 0);
      }
    } catch (IOException | InterruptedException end) {
      // The test decides what the end of a connection means.
    }
  }

  @Test
  void request_for_an_optional_client_certificate_is_answered_without_one() throws Exception {
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.httpsWithOptionalClientCertificate(
                TransportFixture.LOCALHOST_TLS,
                connection -> {
                  connection.readRequest();
                  if (connection.number() == 1) {
                    connection.respond(200, "");
                    connection.readRequest();
                    connection.reset();
                  }
                  connection.respond(200, "");
                }));

    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
  }

  @Test
  void rejected_certificate_is_described() throws Exception {
    assertThat(detailOfFailure(TransportFixture.CA.issue("elsewhere.test", "127.0.0.9")))
        .isEqualTo("The certificate is for elsewhere.test, 127.0.0.9.");
    assertThat(detailOfFailure(TransportFixture.CA.issue(Validity.EXPIRED, "localhost")))
        .matches("The certificate of .* was valid until [0-9TZ:-]+\\.");
    assertThat(detailOfFailure(TransportFixture.CA.issue(Validity.NOT_YET_VALID, "localhost")))
        .matches("The certificate of .* is not valid before [0-9TZ:-]+\\.");
    assertThat(detailOfFailure(TestCa.create(InstantSource.system()).issue("localhost")))
        .matches("The certificate chain ends at CN=.*, which is not trusted\\. .*");
  }

  private @Nullable String detailOfFailure(X509Bundle certificate) throws InterruptedException {
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.https(TestCa.serverContext(certificate), new Responds(200, "")));
    return fixture.sendForDetails(server.url("/")).detail();
  }

  @Test
  void each_result_has_the_certificate_of_the_handshake_of_its_connection() throws Exception {
    X509Bundle first = TransportFixture.CA.issueFor(Duration.ofDays(9), "localhost");
    X509Bundle renewed = TransportFixture.CA.issueFor(Duration.ofDays(3), "localhost");
    AtomicReference<X509Bundle> certificate = new AtomicReference<>(first);
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.httpsWithChangingTls(
                () -> TestCa.serverContext(certificate.get()),
                connection -> {
                  connection.readRequest();
                  connection.respond(200, "");
                  connection.readRequest();
                  connection.send("HTTP/1.1 500 Broken\r\nConnection: close\r\n\r\n");
                }));

    ShownCertificate shown = certificateAfterSending(server);
    assertThat(shown.expiresAt()).isEqualTo(expiry(first));
    certificate.set(renewed);
    assertThat(certificateAfterSending(server)).isEqualTo(shown);
    ShownCertificate shownLater = certificateAfterSending(server);
    assertThat(shownLater.expiresAt()).isEqualTo(expiry(renewed));
    assertThat(shownLater.shownAt()).isAfter(shown.shownAt());
    assertThat(server.connectionCount()).isEqualTo(2);
  }

  private ShownCertificate certificateAfterSending(ScriptedServer server)
      throws InterruptedException {
    return requireNonNull(fixture.sendForDetails(server.url("/")).certificate());
  }

  private static Instant expiry(X509Bundle certificate) {
    return certificate.getCertificate().getNotAfter().toInstant();
  }

  @Test
  void attempt_that_gets_no_response_has_the_certificate_too() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.reset();
        });

    SendResult result = fixture.sendForDetails(server.url("/"));

    assertThat(result.outcome()).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThat(result.certificate()).isNotNull();
  }

  @Test
  void rejected_certificate_and_plain_http_leave_no_certificate() throws Exception {
    ScriptedServer plain = fixture.startPlainServer(new Responds(200, ""));
    ScriptedServer elsewhere =
        fixture.closeLater(
            ScriptedServer.https(
                TransportFixture.CA.serverContext("elsewhere.test"), new Responds(200, "")));

    assertThat(fixture.sendForDetails(plain.url("/")).certificate()).isNull();
    assertThat(fixture.sendForDetails(elsewhere.url("/")).certificate()).isNull();
  }

  @Test
  void server_with_only_tls_1_1_is_tls_other() throws Exception {
    // A ServerHello of TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA and a random of zeros.
    byte[] serverHello =
        HexFormat.of().parseHex("160302002a" + "02000026" + "0302" + "00".repeat(32) + "00002f00");
    ScriptedServer server =
        fixture.startPlainServer(connection -> {
          connection.send(serverHello);
          connection.awaitClientClose();
        });

    assertThat(fixture.send(https(server))).isEqualTo(new Failed(ErrorClass.TLS_OTHER));
  }

  @Test
  void hanging_handshake_is_connect_timeout() throws Exception {
    ScriptedServer server = fixture.startPlainServer(connection -> connection.awaitClientClose());

    assertThat(fixture.send(https(server), Duration.ofMillis(200)))
        .isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));
  }

  @Test
  void connect_timeout_ends_a_handshake_before_the_deadline() throws Exception {
    ConnectionSettings shortConnectTimeout =
        new ConnectionSettings(Duration.ofMillis(100), Duration.ofSeconds(30), 1, 1, 1);
    try (TransportFixture other =
        fixtureWith(TransportFixture.settings().withConnections(shortConnectTimeout))) {
      ScriptedServer server = other.startPlainServer(connection -> connection.awaitClientClose());

      assertThat(other.send(https(server))).isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));
    }
  }

  private static URI https(ScriptedServer plain) {
    return URI.create("https://127.0.0.1:" + plain.port() + "/");
  }

  private Outcome sendTo(X509Bundle certificate) throws InterruptedException {
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.https(TestCa.serverContext(certificate), new Responds(200, "")));
    return fixture.send(server.url("/"));
  }
}
