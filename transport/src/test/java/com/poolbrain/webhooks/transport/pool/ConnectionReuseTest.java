package com.poolbrain.webhooks.transport.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.NeverResponds;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.transport.TransportFixture;
import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When connections are reused, replaced and closed.
@Timeout(120)
final class ConnectionReuseTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void connection_is_reused() throws Exception {
    ScriptedServer server = fixture.startTlsServer(new Responds(200, ""));

    for (int i = 0; i < 5; i++) {
      assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
    }

    assertThat(server.connectionCount()).isEqualTo(1);
  }

  @Test
  void connection_with_connection_close_is_not_reused() throws Exception {
    ScriptedServer server = fixture.startTlsServer(new Responds(200, "Connection: close\r\n", ""));

    fixture.send(server.url("/"));
    fixture.send(server.url("/"));

    assertThat(server.connectionCount()).isEqualTo(2);
  }

  @Test
  void idle_connection_closed_by_the_server_is_replaced() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.respond(200, "");
        });

    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);

    assertThat(server.connectionCount()).isEqualTo(2);
  }

  @Test
  void request_reset_on_a_reused_connection_is_resent_on_a_new_one() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.respond(200, "first of " + connection.number());
          connection.readRequest();
          connection.reset();
        });

    fixture.send(server.url("/"));
    Outcome second = fixture.send(server.url("/"));

    assertThat(((Delivered) second).response().body()).isEqualTo("first of 2");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void request_is_resent_only_once() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          if (connection.number() == 1) {
            connection.respond(200, "");
            connection.readRequest();
          }
          connection.reset();
        });

    fixture.send(server.url("/"));

    assertThat(fixture.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThat(server.requests()).hasSize(3);
    assertThat(server.connectionCount()).isEqualTo(2);
  }

  @Test
  void request_is_not_resent_after_a_byte_of_the_response_arrived() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.respond(200, "");
          connection.readRequest();
          connection.send("H");
          connection.closeAbruptly();
        });

    fixture.send(server.url("/"));

    assertThat(fixture.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void request_reset_on_a_new_connection_is_not_resent() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.reset();
        });

    assertThat(fixture.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void connection_with_unsolicited_bytes_is_not_reused() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Surprise\r\n");
          connection.readRequest();
          connection.respond(200, "");
        });

    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(fixture.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(server.connectionCount()).isEqualTo(2);
  }

  @Test
  void connection_is_closed_at_the_deadline() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    ScriptedServer server =
        fixture.startPlainServer(connection -> {
          connection.readRequest();
          connection.respond(200, "");
          awaitClose(connection, closed);
        });
    // The connect timeout does not apply to an open connection.
    fixture.send(server.url("/"));

    assertThat(fixture.send(server.url("/"), Duration.ofSeconds(1)))
        .isEqualTo(new Failed(ErrorClass.RESPONSE_TIMEOUT));

    closed.await();
  }

  @Test
  void connection_is_closed_when_the_caller_is_interrupted() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    ScriptedServer server = fixture.startTlsServer(connection -> awaitClose(connection, closed));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                fixture.send(server.url("/"));
              } catch (InterruptedException stop) {
                interrupted.countDown();
              }
            });
    server.nextRequest();

    caller.interrupt();

    interrupted.await();
    closed.await();
  }

  private static void awaitClose(ScriptedConnection connection, CountDownLatch closed)
      throws IOException {
    try {
      connection.readRequest();
      connection.awaitClientClose();
    } finally {
      closed.countDown();
    }
  }

  @Test
  void concurrent_requests_to_one_host_do_not_wait_for_each_other() throws Exception {
    int requestCount = 100;
    CyclicBarrier barrier = new CyclicBarrier(requestCount);
    ScriptedServer server =
        fixture.startPlainServer(connection -> {
          connection.readRequest();
          awaitBarrier(barrier);
          connection.respond(200, "");
        });
    URI url = server.url("/");

    Future<?>[] sent = new Future<?>[requestCount];
    for (int i = 0; i < requestCount; i++) {
      sent[i] = fixture.sendAsync(url);
    }

    for (Future<?> future : sent) {
      assertThat(future.get()).isInstanceOf(Delivered.class);
    }
  }

  private static void awaitBarrier(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IOException(broken);
    }
  }

  @Test
  void idle_connections_per_host_are_limited() throws Exception {
    ConnectionSettings oneIdle =
        new ConnectionSettings(
            TransportFixture.GENEROUS_TIMEOUT, TransportFixture.GENEROUS_TIMEOUT, 1, 10, 1);
    CyclicBarrier barrier = new CyclicBarrier(2);
    CountDownLatch closed = new CountDownLatch(1);
    try (TransportFixture other =
        new TransportFixture(TransportFixture.settings().withConnections(oneIdle))) {
      ScriptedServer server =
          other.startTlsServer(connection -> {
            connection.readRequest();
            awaitBarrier(barrier);
            connection.respond(200, "");
            countDownWhenClosed(connection, closed);
          });
      Future<Outcome> first = other.sendAsync(server.url("/"));
      Future<Outcome> second = other.sendAsync(server.url("/"));
      assertThat(first.get()).isInstanceOf(Delivered.class);
      assertThat(second.get()).isInstanceOf(Delivered.class);

      closed.await();
    }
  }

  private static void countDownWhenClosed(ScriptedConnection connection, CountDownLatch closed)
      throws IOException {
    try {
      connection.readRequest();
    } catch (EOFException end) {
      closed.countDown();
    }
  }

  @Test
  void connection_is_closed_after_the_idle_timeout() throws Exception {
    ConnectionSettings shortIdle =
        new ConnectionSettings(TransportFixture.GENEROUS_TIMEOUT, Duration.ofMillis(1), 10, 10, 1);
    CountDownLatch closed = new CountDownLatch(1);
    try (TransportFixture other =
        new TransportFixture(TransportFixture.settings().withConnections(shortIdle))) {
      ScriptedServer server =
          other.startTlsServer(connection -> {
            connection.readRequest();
            connection.respond(200, "");
            countDownWhenClosed(connection, closed);
          });

      assertThat(other.send(server.url("/"))).isInstanceOf(Delivered.class);

      closed.await();
    }
  }

  @Test
  void closing_twice_ends_running_exchanges_and_refuses_new_ones() throws Exception {
    ScriptedServer server = fixture.startTlsServer(new NeverResponds());
    CompletableFuture<Outcome> sent = fixture.sendAsync(server.url("/"));
    server.nextRequest();

    fixture.transport.close();
    fixture.transport.close();

    assertThat(sent)
        .succeedsWithin(TransportFixture.GENEROUS_TIMEOUT)
        .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThatIllegalStateException().isThrownBy(() -> fixture.send(server.url("/")));
  }
}
