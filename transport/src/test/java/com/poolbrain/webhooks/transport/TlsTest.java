package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Authority;
import com.poolbrain.webhooks.contracts.consumer.Authority.Validity;
import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.Identity;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// By the JDK, and by BoringSSL where its library is there.
@ParameterizedClass
@MethodSource("providers")
final class TlsTest {

  private final SslProvider provider;
  private final House house;

  static Set<SslProvider> providers() {
    return EnumSet.of(Tls.provider(), SslProvider.JDK);
  }

  TlsTest(SslProvider provider) {
    this.provider = provider;
    this.house = houseWith(House.settings());
  }

  private House houseWith(TransportSettings settings) {
    return new House(settings, InstantSource.system(), provider);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void boringSslIsThereOnLinux() {
    assertThat(Tls.provider()).isEqualTo(SslProvider.OPENSSL_REFCNT);
  }

  @Test
  void anUnknownAuthorityIsUntrusted() throws Exception {
    Authority stranger = Authority.make(InstantSource.system());

    assertThat(sendTo(stranger.issue("localhost"))).isEqualTo(new Failed(ErrorClass.TLS_UNTRUSTED));
  }

  @Test
  void anotherHostNameIsRefused() throws Exception {
    assertThat(sendTo(House.AUTHORITY.issue("elsewhere.test")))
        .isEqualTo(new Failed(ErrorClass.TLS_HOSTNAME));
  }

  @ParameterizedTest
  @EnumSource(
      value = Validity.class,
      names = {"EXPIRED", "NOT_YET"})
  void aCertificateOfAnotherTimeIsRefused(Validity validity) throws Exception {
    assertThat(sendTo(House.AUTHORITY.issue(validity, "localhost")))
        .isEqualTo(new Failed(ErrorClass.TLS_EXPIRED));
  }

  @Test
  void whoIsRefusedGetsNoByteOfTheRequest() throws Exception {
    RawServer server =
        house.keep(
            RawServer.tls(
                House.AUTHORITY.issue("elsewhere.test").serverContext(), new Answers(200, "")));

    house.send(server.url("/"));

    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void anAddressInTheUrlIsVerifiedAsAnAddress(String host) throws Exception {
    InetAddress address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
    RawServer named = house.keep(RawServer.tls(address, House.LOCALHOST, new Answers(200, "")));
    RawServer unnamed =
        house.keep(
            RawServer.tls(
                address, House.AUTHORITY.issue("localhost").serverContext(), new Answers(200, "")));

    assertThat(house.send(named.url(host, "/"))).isInstanceOf(Delivered.class);
    assertThat(house.send(unnamed.url(host, "/"))).isEqualTo(new Failed(ErrorClass.TLS_HOSTNAME));
  }

  @Test
  void theHostNameIsIndicated() throws Exception {
    house.dns.says("hooks.test", TinyDns.Reply.addresses(60, "127.0.0.1"));
    RawServer server =
        house.keep(
            RawServer.tls(
                House.AUTHORITY.issue("hooks.test").serverContext(),
                visit -> {
                  visit.request();
                  visit.answer(200, String.join(",", visit.indicatedNames()));
                }));

    assertThat(house.send(server.url("hooks.test", "/")))
        .extracting(outcome -> ((Delivered) outcome).answer().body())
        .isEqualTo("hooks.test");
  }

  @Test
  void aNameWithoutADotIsIndicatedToo() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          visit.answer(200, String.join(",", visit.indicatedNames()));
        });

    assertThat(house.send(server.url("/")))
        .extracting(outcome -> ((Delivered) outcome).answer().body())
        .isEqualTo("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theVersionsOfTodayAreSpoken(String version) throws Exception {
    RawServer server = house.keep(RawServer.tls(House.LOCALHOST, new Answers(200, ""), version));

    assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
  }

  @Test
  void aServerThatSpeaksOnlyTls11IsRefused() throws Exception {
    // A ServerHello of TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA and a random of zeros.
    byte[] hello =
        HexFormat.of().parseHex("160302002a" + "02000026" + "0302" + "00".repeat(32) + "00002f00");
    RawServer server =
        house.plain(visit -> {
          visit.say(hello);
          visit.waitForTheEnd();
        });

    assertThat(house.send(https(server))).isEqualTo(new Failed(ErrorClass.TLS_OTHER));
  }

  @Test
  void aPortWithoutTlsIsRefused() throws Exception {
    RawServer server =
        house.plain(visit -> {
          visit.say("HTTP/1.1 400 Bad Request\r\n\r\n");
          visit.waitForTheEnd();
        });

    assertThat(house.send(https(server))).isEqualTo(new Failed(ErrorClass.TLS_OTHER));
  }

  @Test
  void aServerThatHangsUpDuringTheHandshakeResets() throws Exception {
    RawServer server = house.plain(visit -> visit.hangUp());

    assertThat(house.send(https(server))).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
  }

  @Test
  void aHandshakeThatHangsIsAConnectTimeout() throws Exception {
    RawServer server = house.plain(visit -> visit.waitForTheEnd());

    assertThat(house.send(https(server), Duration.ofMillis(200)))
        .isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));
  }

  @Test
  void theConnectTimeoutEndsAHandshakeBeforeTheDeadline() throws Exception {
    ConnectionSettings impatient =
        new ConnectionSettings(Duration.ofMillis(100), Duration.ofSeconds(30), 1, 1, 1);
    try (House other = houseWith(House.settings().with(impatient))) {
      RawServer server = other.plain(visit -> visit.waitForTheEnd());

      assertThat(other.send(https(server))).isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));
    }
  }

  private static URI https(RawServer plain) {
    return URI.create("https://127.0.0.1:" + plain.port() + "/");
  }

  private Outcome sendTo(Identity identity) throws InterruptedException {
    RawServer server = house.keep(RawServer.tls(identity.serverContext(), new Answers(200, "")));
    return house.send(server.url("/"));
  }
}
