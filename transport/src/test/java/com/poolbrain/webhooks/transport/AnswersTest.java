package com.poolbrain.webhooks.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.contracts.consumer.RawServer.Script;
import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.engine.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What answers mean, however they are made.
@Timeout(120)
final class AnswersTest {

  private static final Outcome THANKS = new Delivered(new Answer(200, "thanks"));

  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n",
        "HTTP/1.1 199 Whatever\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Again\r\n\r\n",
      })
  void interimAnswersArePassedOver(String interim) throws Exception {
    assertThat(answer(interim + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nthanks"))
        .isEqualTo(THANKS);
    assertThat(answer(interim + "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo(new Failed(ErrorClass.SERVER_ERROR, new Answer(500, ""), null));
  }

  @Test
  void endlessInterimAnswersAreNoAnswer() throws Exception {
    assertThat(
            serve(visit -> {
              visit.request();
              visit.repeat("HTTP/1.1 102 Processing\r\n\r\n");
            }))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void aConnectionStaysGoodAfterInterimAnswers() throws Exception {
    RawServer server =
        house.tls(visit -> {
          while (true) {
            visit.request();
            visit.say("HTTP/1.1 103 Early Hints\r\n\r\n");
            visit.answer(200, "thanks");
          }
        });

    assertThat(house.send(server.url("/"))).isEqualTo(THANKS);
    assertThat(house.send(server.url("/"))).isEqualTo(THANKS);
    assertThat(server.visits()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 1234 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "<html>hello</html>\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
      })
  void whatIsNoHttp1IsInvalid(String raw) throws Exception {
    assertThat(answer(raw)).isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nthanks",
        "HTTP/1.1 200\r\nContent-Length: 6\r\n\r\nthanks",
        "HTTP/1.0 200 OK\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntha\r\n3\r\nnks\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nthanks\r\nnonsense\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nX-Odd Name: é\r\nContent-Length: 6\r\n\r\nthanks",
      })
  void a2xxStatusLineAcknowledgesHoweverTheRestLooks(String raw) throws Exception {
    assertThat(answer(raw)).isEqualTo(THANKS);
  }

  @Test
  void a2xxWithMoreHeadThanIsReadAcknowledgesWithoutText() throws Exception {
    assertThat(
            serve(visit -> {
              visit.request();
              visit.say("HTTP/1.1 200 OK\r\n");
              visit.repeat("X-Filler: " + "x".repeat(1000) + "\r\n");
            }))
        .isEqualTo(new Delivered(new Answer(200, "")));
  }

  @Test
  void anEndlessStatusLineIsInvalid() throws Exception {
    assertThat(
            serve(visit -> {
              visit.request();
              visit.say("HTTP/1.1 200 ");
              visit.repeat("O".repeat(1000));
            }))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void anEndless2xxIsDeliveredWithItsFirstKilobyte() throws Exception {
    assertThat(
            serve(visit -> {
              visit.request();
              visit.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              visit.repeat("a\r\n0123456789\r\n");
            }))
        .isEqualTo(new Delivered(new Answer(200, "0123456789".repeat(103).substring(0, 1024))));
  }

  @Test
  void aHundredMegabytesOfErrorAreNotRead() throws Exception {
    CompletableFuture<IOException> stopped = new CompletableFuture<>();

    Outcome outcome =
        serve(visit -> {
          visit.request();
          visit.say("HTTP/1.1 500 No\r\nContent-Length: 104857600\r\n\r\n");
          try {
            for (int kilobyte = 0; kilobyte < 102_400; kilobyte++) {
              visit.say("e".repeat(1024));
            }
          } catch (IOException closed) {
            stopped.complete(closed);
          }
        });

    assertThat(outcome)
        .isEqualTo(
            new Failed(ErrorClass.SERVER_ERROR, new Answer(500, "e".repeat(16 * 1024)), null));
    assertThat(stopped).succeedsWithin(House.PLENTY);
  }

  @Test
  void aBodyOfSixtyFourKilobytesIsReadAndTheConnectionKept() throws Exception {
    RawServer server =
        house.tls(visit -> {
          while (true) {
            visit.request();
            visit.answer(500, "e".repeat(64 * 1024));
          }
        });

    house.send(server.url("/"));
    house.send(server.url("/"));

    assertThat(server.visits()).isEqualTo(1);
  }

  @Test
  void theWaitUntilADateIsCountedFromNow() throws Exception {
    Instant now = Instant.parse("2026-02-13T06:42:24Z");
    try (House then = new House(House.settings(), () -> now)) {
      RawServer server =
          then.tls(visit -> {
            visit.request();
            visit.answer(503, "Retry-After: Fri, 13 Feb 2026 06:52:24 GMT\r\n", "");
          });

      assertThat(then.send(server.url("/")))
          .isEqualTo(
              new Failed(ErrorClass.SERVER_ERROR, new Answer(503, ""), Duration.ofMinutes(10)));
    }
  }

  @Test
  void aResetInTheMiddleOfAHeadIsOne() throws Exception {
    assertThat(
            serve(visit -> {
              visit.request();
              visit.say("HTTP/1.1 5");
              visit.reset();
            }))
        .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
  }

  @Test
  void aRefusalBeforeTheWholeBodyWasReadIsHeard() throws Exception {
    RawServer server =
        house.tls(visit -> {
          visit.requestHead();
          visit.answer(413, "");
          visit.waitForTheEnd();
        });
    Request large = new Request(server.url("/"), List.of(), new byte[4_000_000], House.PLENTY);

    assertThat(house.transport.send(large))
        .isEqualTo(new Failed(ErrorClass.PAYLOAD_TOO_LARGE, new Answer(413, ""), null));
  }

  @Test
  void aServerThatSpeaksFirstDoesNotSpeakHttp() throws Exception {
    assertThat(
            serve(visit -> {
              visit.say("220 mail.example.com ESMTP\r\n");
              visit.waitForTheEnd();
            }))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void manySmallChunksCountWithAllTheirFraming() throws Exception {
    String chunk = "1;" + "x".repeat(500) + "\r\na\r\n";
    assertThat(
            serve(visit -> {
              visit.request();
              visit.say("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n");
              visit.repeat(chunk);
            }))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(ErrorClass.SERVER_ERROR);
              assertThat(requireNonNull(failed.answer()).body()).matches("a{100,1000}");
            });
  }

  private Outcome answer(String raw) throws InterruptedException {
    return serve(visit -> {
      visit.request();
      visit.say(raw);
      visit.hangUp();
    });
  }

  private Outcome serve(Script script) throws InterruptedException {
    return house.send(house.tls(script).url("/"));
  }
}
