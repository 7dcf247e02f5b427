package com.poolbrain.webhooks.transport.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.transport.TransportFixture;
import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many concurrent callers for connections to one host.
@Timeout(120)
@Tag("slow")
final class HostPoolTest {

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void burst_to_one_host_starts_few_handshakes_and_does_not_delay_other_hosts() throws Exception {
    int connectionCount = HostPool.MAX_CONCURRENT_DIALS * 3;
    LinkedBlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    try (ServerSocket hangingServer =
        new ServerSocket(0, connectionCount, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> acceptAll(hangingServer, accepted));
      URI url = URI.create("https://localhost:" + hangingServer.getLocalPort() + "/");
      List<CompletableFuture<Outcome>> burst =
          IntStream.range(0, connectionCount).mapToObj(_ -> fixture.sendAsync(url)).toList();

      for (int finished = 0;
          finished < connectionCount;
          finished += HostPool.MAX_CONCURRENT_DIALS) {
        List<Socket> handshaking = new ArrayList<>();
        for (int i = 0; i < HostPool.MAX_CONCURRENT_DIALS; i++) {
          handshaking.add(accepted.take());
        }
        assertThat(fixture.send(fixture.startTlsServer(new Responds(200, "")).url("/")))
            .isInstanceOf(Delivered.class);
        assertThat(accepted).isEmpty();
        for (Socket socket : handshaking) {
          socket.close();
        }
      }
      assertThat(burst).allSatisfy(sent -> assertThat(sent.get()).isInstanceOf(Failed.class));
    }
  }

  private static void acceptAll(ServerSocket server, Collection<Socket> accepted) {
    try {
      while (true) {
        accepted.add(server.accept());
      }
    } catch (IOException closed) {
      assertThat(server.isClosed()).isTrue();
    }
  }

  @Test
  void waiter_gets_a_released_connection_while_handshakes_hang() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch handshaking = new CountDownLatch(HostPool.MAX_CONCURRENT_DIALS);
    ScriptedServer server =
        fixture.startTlsServer(connection -> answerTwice(connection, mayAnswer));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    ScriptedServer tunnel =
        fixture.startPlainServer(connection -> {
          if (connection.number() == 1) {
            connection.tunnelTo(address);
          } else {
            handshaking.countDown();
            connection.readRequestHead(); // which never comes
          }
        });
    URI url = URI.create("https://localhost:" + tunnel.port() + "/");
    CompletableFuture<Outcome> first = fixture.sendAsync(url);
    server.nextRequest();
    CompletableFuture<?>[] others =
        IntStream.rangeClosed(0, HostPool.MAX_CONCURRENT_DIALS)
            .mapToObj(_ -> fixture.sendAsync(url))
            .toArray(CompletableFuture[]::new);
    handshaking.await();

    mayAnswer.countDown();

    assertThat(first.get()).isInstanceOf(Delivered.class);
    assertThat(CompletableFuture.anyOf(others).get()).isInstanceOf(Delivered.class);
  }

  /// A server that serves one connection at a time: the handshake of the next one hangs until the
  /// client closes the first one. Its first response is held back.
  private static final class SingleThreadedServer {

    final CountDownLatch mayAnswer = new CountDownLatch(1);
    final ScriptedServer tcp;

    SingleThreadedServer(TransportFixture fixture) {
      ScriptedServer tls =
          fixture.startTlsServer(connection -> {
            while (true) {
              connection.readRequest();
              awaitLatch(mayAnswer);
              connection.respond(200, "");
            }
          });
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), tls.port());
      ReentrantLock oneConnection = new ReentrantLock();
      tcp =
          fixture.startPlainServer(connection -> {
            oneConnection.lock();
            try {
              connection.tunnelTo(address);
            } finally {
              oneConnection.unlock();
            }
          });
    }

    URI url() {
      return URI.create("https://localhost:" + tcp.port() + "/");
    }

    void awaitConnections(int count) {
      Await.until(count + " connections", () -> tcp.connectionCount() >= count);
    }
  }

  private static TransportFixture fixtureWithShortConnectTimeout() {
    return new TransportFixture(
        TransportFixture.settings()
            .withConnections(
                ConnectionSettings.defaults()
                    .withTimeouts(Duration.ofSeconds(1), TransportFixture.GENEROUS_TIMEOUT)));
  }

  @Test
  void burst_to_a_single_threaded_server_is_delivered_by_its_one_connection() throws Exception {
    try (TransportFixture impatient = fixtureWithShortConnectTimeout()) {
      SingleThreadedServer server = new SingleThreadedServer(impatient);
      List<CompletableFuture<Outcome>> burst =
          IntStream.range(0, 12).mapToObj(_ -> impatient.sendAsync(server.url())).toList();
      server.awaitConnections(2);

      server.mayAnswer.countDown();

      assertThat(burst).allSatisfy(sent -> assertThat(sent.get()).isInstanceOf(Delivered.class));
    }
  }

  @Test
  void handshake_that_takes_too_long_is_no_failure_while_another_connection_is_open()
      throws Exception {
    try (TransportFixture impatient = fixtureWithShortConnectTimeout()) {
      SingleThreadedServer server = new SingleThreadedServer(impatient);
      CompletableFuture<Outcome> first = impatient.sendAsync(server.url());
      server.awaitConnections(1);
      CompletableFuture<Outcome> second = impatient.sendAsync(server.url());
      server.awaitConnections(3); // the second connection has timed out

      server.mayAnswer.countDown();

      assertThat(first.get()).isInstanceOf(Delivered.class);
      assertThat(second.get()).isInstanceOf(Delivered.class);
    }
  }

  @Test
  void handshake_that_never_ends_fails_at_the_deadline_while_another_connection_is_open()
      throws Exception {
    try (TransportFixture impatient = fixtureWithShortConnectTimeout()) {
      SingleThreadedServer server = new SingleThreadedServer(impatient);
      CompletableFuture<Outcome> first = impatient.sendAsync(server.url());
      server.awaitConnections(1);

      assertThat(impatient.send(server.url(), Duration.ofSeconds(2)))
          .isEqualTo(new Failed(ErrorClass.CONNECT_TIMEOUT));

      server.mayAnswer.countDown();
      assertThat(first.get()).isInstanceOf(Delivered.class);
    }
  }

  private static void awaitLatch(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
  }

  private static void answerTwice(ScriptedConnection connection, CountDownLatch mayAnswer)
      throws IOException {
    connection.readRequest();
    awaitLatch(mayAnswer);
    connection.respond(200, "");
    connection.readRequest();
    connection.respond(200, "");
  }

  @Test
  void every_refused_connection_of_a_burst_is_connect_refused() throws Exception {
    URI url = fixture.closeLater(ClosedPort.reserve()).url();

    // Several bursts, so that a slow machine finishes each before its attempts time out.
    for (int burst = 0; burst < 20; burst++) {
      List<CompletableFuture<Outcome>> sent =
          IntStream.range(0, 1_000).mapToObj(_ -> fixture.sendAsync(url)).toList();
      for (CompletableFuture<Outcome> future : sent) {
        assertThat(future.get()).isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
      }
    }
  }
}
