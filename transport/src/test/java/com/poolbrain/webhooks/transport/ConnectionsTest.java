package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.Behaviour.StaysSilent;
import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.Visit;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
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

/// How connections are kept, used again and given up.
@Timeout(120)
final class ConnectionsTest {

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    RawServer server = house.tls(new Answers(200, ""));

    for (int i = 0; i < 5; i++) {
      assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
    }

    assertThat(server.visits()).isEqualTo(1);
  }

  @Test
  void aConnectionThatTheOtherSideWantsClosedIsNot() throws Exception {
    RawServer server = house.tls(new Answers(200, "Connection: close\r\n", ""));

    house.send(server.url("/"));
    house.send(server.url("/"));

    assertThat(server.visits()).isEqualTo(2);
  }

  @Test
  void aKeptConnectionThatTheOtherSideClosedIsReplaced() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          visit.answer(200, "");
        });

    assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);

    assertThat(server.visits()).isEqualTo(2);
  }

  @Test
  void aRequestThatDiesUnheardOnAKeptConnectionIsSentOnceMoreOnANewOne() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          visit.answer(200, "first of " + visit.number());
          visit.request();
          visit.reset();
        });

    house.send(server.url("/"));
    Outcome second = house.send(server.url("/"));

    assertThat(((Delivered) second).answer().body()).isEqualTo("first of 2");
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void itIsSentOnceMoreOnly() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          if (visit.number() == 1) {
            visit.answer(200, "");
            visit.request();
          }
          visit.reset();
        });

    house.send(server.url("/"));

    assertThat(house.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThat(server.received()).hasSize(3);
    assertThat(server.visits()).isEqualTo(2);
  }

  @Test
  void aRequestOfWhoseAnswerAByteArrivedIsNotSentAgain() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          visit.answer(200, "");
          visit.request();
          visit.say("H");
          visit.hangUp();
        });

    house.send(server.url("/"));

    assertThat(house.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void aRequestThatFailsOnANewConnectionIsNotSentAgain() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          visit.reset();
        });

    assertThat(house.send(server.url("/"))).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void whatNobodyAskedForSpoilsAConnection() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.request();
          visit.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Surprise\r\n");
          visit.request();
          visit.answer(200, "");
        });

    assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(house.send(server.url("/"))).isInstanceOf(Delivered.class);
    assertThat(server.visits()).isEqualTo(2);
  }

  @Test
  void aDeadlineClosesTheConnection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    RawServer server =
        house.plain(visit -> {
          visit.request();
          visit.answer(200, "");
          endOf(visit, closed);
        });
    // The time of a connection that stands is not spent on making one.
    house.send(server.url("/"));

    assertThat(house.send(server.url("/"), Duration.ofSeconds(1)))
        .isEqualTo(new Failed(ErrorClass.RESPONSE_TIMEOUT));

    closed.await();
  }

  @Test
  void anInterruptionClosesTheConnection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    RawServer server = house.tls(visit -> endOf(visit, closed));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                house.send(server.url("/"));
              } catch (InterruptedException stop) {
                interrupted.countDown();
              }
            });
    server.next();

    caller.interrupt();

    interrupted.await();
    closed.await();
  }

  private static void endOf(Visit visit, CountDownLatch closed) throws IOException {
    try {
      visit.request();
      visit.waitForTheEnd();
    } finally {
      closed.countDown();
    }
  }

  @Test
  void manyRequestsToOneHostNeverWaitForEachOther() throws Exception {
    int many = 100;
    CyclicBarrier together = new CyclicBarrier(many);
    RawServer server =
        house.plain(visit -> {
          visit.request();
          meet(together);
          visit.answer(200, "");
        });
    URI url = server.url("/");

    Future<?>[] sent = new Future<?>[many];
    for (int i = 0; i < many; i++) {
      sent[i] = house.inBackground(url);
    }

    for (Future<?> each : sent) {
      assertThat(each.get()).isInstanceOf(Delivered.class);
    }
  }

  private static void meet(CyclicBarrier together) throws IOException {
    try {
      together.await();
    } catch (Exception broken) {
      throw new IOException(broken);
    }
  }

  @Test
  void noMoreConnectionsAreKeptThanAreAllowed() throws Exception {
    ConnectionSettings one = new ConnectionSettings(House.PLENTY, House.PLENTY, 1, 10, 1);
    CyclicBarrier together = new CyclicBarrier(2);
    CountDownLatch closed = new CountDownLatch(1);
    try (House other = new House(House.settings().with(one))) {
      RawServer server =
          other.tls(visit -> {
            visit.request();
            meet(together);
            visit.answer(200, "");
            untilClosed(visit, closed);
          });
      Future<Outcome> first = other.inBackground(server.url("/"));
      Future<Outcome> second = other.inBackground(server.url("/"));
      assertThat(first.get()).isInstanceOf(Delivered.class);
      assertThat(second.get()).isInstanceOf(Delivered.class);

      closed.await();
    }
  }

  private static void untilClosed(Visit visit, CountDownLatch closed) throws IOException {
    try {
      visit.request();
    } catch (EOFException end) {
      closed.countDown();
    }
  }

  @Test
  void aConnectionThatIsIdleForTooLongIsClosed() throws Exception {
    ConnectionSettings brief =
        new ConnectionSettings(House.PLENTY, Duration.ofMillis(1), 10, 10, 1);
    CountDownLatch closed = new CountDownLatch(1);
    try (House other = new House(House.settings().with(brief))) {
      RawServer server =
          other.tls(visit -> {
            visit.request();
            visit.answer(200, "");
            untilClosed(visit, closed);
          });

      assertThat(other.send(server.url("/"))).isInstanceOf(Delivered.class);

      closed.await();
    }
  }

  @Test
  void closingEndsWhatIsUnderWayAndCanBeRepeated() throws Exception {
    RawServer server = house.tls(new StaysSilent());
    CompletableFuture<Outcome> sent = house.inBackground(server.url("/"));
    server.next();

    house.transport.close();
    house.transport.close();

    assertThat(sent)
        .succeedsWithin(House.PLENTY)
        .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
    assertThatIllegalStateException().isThrownBy(() -> house.send(server.url("/")));
  }
}
