package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.domain.address.Cidr;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TinyDns.Reply;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which addresses are connected to, and which never are.
@Timeout(120)
final class EgressPolicyTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void plain_http_reaches_loopback_addresses_only() throws Exception {
    ScriptedServer server = fixture.startPlainServer(new Responds(200, ""));

    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(fixture.send(URI.create("http://8.8.8.8/")))
        .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
  }

  @Test
  void plain_http_is_blocked_unless_allowed() throws Exception {
    EgressPolicy httpsOnly = TransportFixture.settings().egressPolicy().withPlainHttp(false);
    try (TransportFixture strictFixture =
        new TransportFixture(TransportFixture.settings().withEgressPolicy(httpsOnly))) {
      ScriptedServer server = strictFixture.startPlainServer(new Responds(200, ""));

      assertThat(strictFixture.send(server.url("/")))
          .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      assertThat(server.connectionCount()).isZero();
    }
  }

  @Test
  void denied_network_is_blocked_although_it_is_allowed() throws Exception {
    EgressPolicy policy =
        TransportFixture.settings()
            .egressPolicy()
            .withDeniedNetworks(List.of(Cidr.parse("127.0.0.0/30")));
    try (TransportFixture strictFixture =
        new TransportFixture(TransportFixture.settings().withEgressPolicy(policy))) {
      strictFixture.dns.setReplies("hooks.test", Reply.addresses(60, "127.0.0.1", "127.0.0.2"));
      ScriptedServer server = strictFixture.startTlsServer(new Responds(200, ""));

      for (String host : List.of("127.0.0.1", "[::ffff:127.0.0.1]", "hooks.test")) {
        assertThat(strictFixture.send(server.url(host, "/")))
            .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      }
      assertThat(server.connectionCount()).isZero();
    }
  }

  @Test
  void loopback_is_blocked_unless_allowed() throws Exception {
    try (TransportFixture strictFixture =
        new TransportFixture(
            TransportFixture.settings().withEgressPolicy(EgressPolicy.publicHttps()))) {
      ScriptedServer server = strictFixture.startTlsServer(new Responds(200, ""));

      for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"}) {
        assertThat(strictFixture.send(server.url(host, "/")))
            .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
      }
      assertThat(server.connectionCount()).isZero();
    }
  }
}
