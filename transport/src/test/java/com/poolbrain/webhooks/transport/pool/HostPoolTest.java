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
import com.poolbrain.webhooks.transport.TransportFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many concurrent callers for connections to one host.
@Timeout(120)
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

  private static void answerTwice(ScriptedConnection connection, CountDownLatch mayAnswer)
      throws IOException {
    connection.readRequest();
    try {
      mayAnswer.await();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
    connection.respond(200, "");
    connection.readRequest();
    connection.respond(200, "");
  }

  @Test
  void every_refused_connection_of_a_burst_is_connect_refused() throws Exception {
    URI url = fixture.closeLater(ClosedPort.reserve()).url();

    List<CompletableFuture<Outcome>> sent =
        IntStream.range(0, 20_000).mapToObj(_ -> fixture.sendAsync(url)).toList();

    for (CompletableFuture<Outcome> future : sent) {
      assertThat(future.get()).isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
    }
  }
}
