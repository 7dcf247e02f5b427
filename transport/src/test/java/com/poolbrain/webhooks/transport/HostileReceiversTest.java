package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.transport.HostileReceivers.Receiver;
import com.poolbrain.webhooks.transport.tls.Tls;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Receivers that do harm get one attempt, which ends in time, reads little, and has the right
/// error class. Runs with the TLS of the JDK too.
@ParameterizedClass
@MethodSource("providers")
@Timeout(120)
@Tag("slow")
final class HostileReceiversTest {

  /// Long enough for a handshake on a machine that stalls for seconds.
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(5);

  /// More than any request that receivers read in part.
  private static final int REQUEST_BYTES = 4_000_000;

  private static final int MAX_KEPT_CHARACTERS = 16 * 1024;

  private final TransportFixture fixture;

  HostileReceiversTest(SslProvider provider) {
    fixture = new TransportFixture(TransportFixture.settings(), InstantSource.system(), provider);
  }

  static Set<SslProvider> providers() {
    return EnumSet.of(Tls.preferredProvider(), SslProvider.JDK);
  }

  static List<Receiver> receivers() {
    return HostileReceivers.all().stream().filter(receiver -> !receiver.isSlow()).toList();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @MethodSource("receivers")
  void hostile_receiver_gets_one_bounded_attempt(Receiver receiver) throws Exception {
    new Attempt(receiver, TransportFixture.GENEROUS_TIMEOUT).check();
  }

  /// At the same time, because each takes as long as its attempt may.
  @Test
  void slow_receivers_get_one_attempt_that_ends_at_its_deadline() throws Exception {
    List<Attempt> attempts =
        HostileReceivers.all().stream()
            .filter(Receiver::isSlow)
            .map(receiver -> new Attempt(receiver, SHORT_TIMEOUT))
            .toList();
    for (Attempt attempt : attempts) {
      attempt.check();
    }
  }

  @Test
  void huge_certificate_is_refused() throws Exception {
    String[] hosts =
        Stream.concat(
                Stream.of("localhost"),
                Stream.iterate(0, i -> i < 20_000, i -> i + 1).map(i -> "host-" + i + ".test"))
            .toArray(String[]::new);
    ScriptedServer server =
        fixture.closeLater(
            ScriptedServer.https(
                TestCa.serverContext(TransportFixture.CA.issue(hosts)),
                connection -> connection.respond(200, "")));

    assertThat(fixture.send(server.url("/"))).isEqualTo(new Outcome.Failed(ErrorClass.TLS_OTHER));
    assertThat(server.connectionCount()).isEqualTo(1);
  }

  /// An attempt that has started.
  private final class Attempt {

    private final Receiver receiver;
    private final ScriptedServer server;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> serverEnd = new CompletableFuture<>();

    Attempt(Receiver receiver, Duration timeout) {
      this.receiver = receiver;
      this.server =
          receiver.isRaw()
              ? fixture.startPlainServer(this::serve)
              : fixture.startTlsServer(this::serve);
      WebhookRequest request =
          new WebhookRequest(
              URI.create("https://localhost:" + server.port() + "/"),
              List.of(),
              new byte[receiver.name().contains("request has ended") ? REQUEST_BYTES : 2],
              timeout);
      Thread.ofVirtual()
          .start(() -> {
            try {
              outcome.complete(fixture.transport.send(request).outcome());
            } catch (InterruptedException | RuntimeException failed) {
              outcome.completeExceptionally(failed);
            }
          });
    }

    private void serve(ScriptedConnection connection) {
      try {
        receiver.script().serve(connection);
        serverEnd.complete(null);
      } catch (IOException closed) {
        serverEnd.complete(null);
      } catch (RuntimeException unbounded) {
        serverEnd.completeExceptionally(unbounded);
      }
    }

    void check() throws Exception {
      switch (outcome.get()) {
        case Outcome.Delivered delivered -> {
          assertThat(receiver.error()).as(receiver.name()).isNull();
          assertBounded(delivered.response());
        }
        case Outcome.Failed failed -> {
          assertThat(failed.error()).as(receiver.name()).isEqualTo(receiver.error());
          assertBounded(failed.response());
        }
      }
      assertThat(serverEnd).as(receiver.name()).succeedsWithin(TransportFixture.GENEROUS_TIMEOUT);
      assertThat(server.connectionCount()).as(receiver.name()).isEqualTo(1);
    }

    private void assertBounded(@Nullable EndpointResponse response) {
      if (response != null) {
        assertThat(response.body()).hasSizeLessThanOrEqualTo(MAX_KEPT_CHARACTERS);
      }
    }
  }
}
