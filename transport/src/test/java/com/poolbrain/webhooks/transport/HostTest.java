package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.ClosedPort;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.Visit;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
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

/// Many who want a connection to one host at once.
@Timeout(120)
final class HostTest {

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aBurstToOneHostBeginsFewHandshakesAndHoldsUpNoOtherHost() throws Exception {
    int all = Host.DIALS_AT_A_TIME * 3;
    LinkedBlockingQueue<Socket> arrived = new LinkedBlockingQueue<>();
    try (ServerSocket silent = new ServerSocket(0, all, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> acceptAll(silent, arrived));
      URI url = URI.create("https://localhost:" + silent.getLocalPort() + "/");
      List<CompletableFuture<Outcome>> burst =
          IntStream.range(0, all).mapToObj(_ -> house.inBackground(url)).toList();

      for (int done = 0; done < all; done += Host.DIALS_AT_A_TIME) {
        List<Socket> handshaking = new ArrayList<>();
        for (int i = 0; i < Host.DIALS_AT_A_TIME; i++) {
          handshaking.add(arrived.take());
        }
        assertThat(house.send(house.tls(new Answers(200, "")).url("/")))
            .isInstanceOf(Delivered.class);
        assertThat(arrived).isEmpty();
        for (Socket socket : handshaking) {
          socket.close();
        }
      }
      assertThat(burst).allSatisfy(sent -> assertThat(sent.get()).isInstanceOf(Failed.class));
    }
  }

  private static void acceptAll(ServerSocket server, Collection<Socket> arrived) {
    try {
      while (true) {
        arrived.add(server.accept());
      }
    } catch (IOException closed) {
      assertThat(server.isClosed()).isTrue();
    }
  }

  @Test
  void whoWaitsIsServedByWhatComesBackWhileNoHandshakeGetsOn() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch handshaking = new CountDownLatch(Host.DIALS_AT_A_TIME);
    RawServer consumer = house.tls(visit -> answerTwo(visit, mayAnswer));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), consumer.port());
    RawServer front =
        house.plain(visit -> {
          if (visit.number() == 1) {
            visit.tunnelTo(address);
          } else {
            handshaking.countDown();
            visit.requestHead(); // which never comes
          }
        });
    URI url = URI.create("https://localhost:" + front.port() + "/");
    CompletableFuture<Outcome> first = house.inBackground(url);
    consumer.next();
    CompletableFuture<?>[] others =
        IntStream.rangeClosed(0, Host.DIALS_AT_A_TIME)
            .mapToObj(_ -> house.inBackground(url))
            .toArray(CompletableFuture[]::new);
    handshaking.await();

    mayAnswer.countDown();

    assertThat(first.get()).isInstanceOf(Delivered.class);
    assertThat(CompletableFuture.anyOf(others).get()).isInstanceOf(Delivered.class);
  }

  private static void answerTwo(Visit visit, CountDownLatch mayAnswer) throws IOException {
    visit.request();
    try {
      mayAnswer.await();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
    visit.answer(200, "");
    visit.request();
    visit.answer(200, "");
  }

  @Test
  void eachRefusalOfManyIsCalledOne() throws Exception {
    URI url = house.keep(ClosedPort.hold()).url();

    List<CompletableFuture<Outcome>> sent =
        IntStream.range(0, 20_000).mapToObj(_ -> house.inBackground(url)).toList();

    for (CompletableFuture<Outcome> one : sent) {
      assertThat(one.get()).isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
    }
  }
}
