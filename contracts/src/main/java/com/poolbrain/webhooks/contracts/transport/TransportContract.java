package com.poolbrain.webhooks.contracts.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.contracts.consumer.Behaviour.Answers;
import com.poolbrain.webhooks.contracts.consumer.Received;
import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.engine.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the engine may expect of every [Transport].
@Timeout(120)
public abstract class TransportContract {

  /// More than anything takes that ends by itself.
  private static final Duration PLENTY = Duration.ofMinutes(1);

  /// Enough for a handshake on a machine that stalls for seconds, and what has no end takes as
  /// long.
  private static final Duration SHORT = Duration.ofSeconds(5);

  private TransportWorld world;

  /// A new world for one test.
  protected abstract TransportWorld world();

  @BeforeEach
  void begin() {
    world = world();
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void a2xxIsDelivered() throws Exception {
    assertThat(send(new Answers(204, ""))).isEqualTo(new Delivered(new Answer(204, "")));
    assertThat(send(new Answers(200, "thank you")))
        .isEqualTo(new Delivered(new Answer(200, "thank you")));
  }

  @ParameterizedTest
  @CsvSource({
    "301, REDIRECT",
    "304, REDIRECT",
    "400, CLIENT_ERROR",
    "401, UNAUTHORIZED",
    "403, UNAUTHORIZED",
    "404, CLIENT_ERROR",
    "410, GONE",
    "413, PAYLOAD_TOO_LARGE",
    "429, RATE_LIMITED",
    "500, SERVER_ERROR",
    "503, SERVER_ERROR",
    "999, INVALID_RESPONSE",
  })
  void everyOtherStatusFailsWithItsClassAndTheAnswer(int status, ErrorClass error)
      throws Exception {
    String body = status == 304 ? "" : "because";

    assertThat(send(new Answers(status, body)))
        .isEqualTo(new Failed(error, new Answer(status, body), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void theWaitThatIsAskedForIsHandedOn(int status) throws Exception {
    assertThat(send(new Answers(status, "Retry-After: 17\r\n", "later")))
        .extracting(outcome -> ((Failed) outcome).askedFor())
        .isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void aWaitThatIsAskedForWithAnotherStatusIsNot() throws Exception {
    assertThat(send(new Answers(500, "Retry-After: 17\r\n", "")))
        .isEqualTo(new Failed(ErrorClass.SERVER_ERROR, new Answer(500, ""), null));
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    URI other = world.consumer(new Answers(200, "other"));

    Outcome outcome = send(new Answers(302, "Location: " + other + "\r\n", ""));

    assertThat(outcome).isEqualTo(new Failed(ErrorClass.REDIRECT, new Answer(302, ""), null));
    world.transport().send(request(other, "fence", PLENTY));
    assertThat(world.next(other).text()).isEqualTo("fence");
  }

  @Test
  void headersAndBodyArriveAsTheyWereGiven() throws Exception {
    byte[] body = "{\"data\":\"\\u00e9\\n 1.10\"}".getBytes(StandardCharsets.US_ASCII);
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", "application/json"),
            Map.entry("X-Webhook-Signature", "00ff"),
            Map.entry("x-lower", "kept"),
            Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"));
    URI url = world.consumer(new Answers(200, ""));

    world.transport().send(new Request(url, headers, body, PLENTY));

    Received received = world.next(url);
    assertThat(received.body()).isEqualTo(body);
    assertThat(received.headers()).containsSubsequence(headers);
    assertThat(received.headers())
        .filteredOn(header -> !headers.contains(header))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("Host", "Content-Length");
  }

  @Test
  void whatDoesNotEndIsEndedByTheDeadline() throws Exception {
    Future<Outcome> silence = sendShortly(new Behaviour.StaysSilent());
    Future<Outcome> drippingHead = sendShortly(new Behaviour.DripsHead());
    Future<Outcome> drippingSuccess = sendShortly(new Behaviour.DripsBody(200));
    Future<Outcome> drippingError = sendShortly(new Behaviour.DripsBody(500));

    assertThat(silence.get()).isEqualTo(new Failed(ErrorClass.RESPONSE_TIMEOUT));
    assertThat(drippingHead.get()).isEqualTo(new Failed(ErrorClass.RESPONSE_TIMEOUT));
    assertThat(drippingSuccess.get())
        .isInstanceOfSatisfying(
            Delivered.class,
            delivered -> assertThat(delivered.answer().body()).startsWith("drip "));
    assertThat(drippingError.get())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.error()).isEqualTo(ErrorClass.SERVER_ERROR));
  }

  @Test
  void a2xxWhoseBodyBreaksOffIsDelivered() throws Exception {
    assertThat(send(new Behaviour.HangsUpInTheBody(200)))
        .isEqualTo(new Delivered(new Answer(200, "so far")));
  }

  @Test
  void anErrorWhoseBodyBreaksOffFailsWithItsClass() throws Exception {
    assertThat(send(new Behaviour.HangsUpInTheBody(404)))
        .isEqualTo(new Failed(ErrorClass.CLIENT_ERROR, new Answer(404, "so far"), null));
  }

  @Test
  void aResetBeforeAnAnswerIsOne() throws Exception {
    assertThat(send(new Behaviour.Resets())).isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
  }

  @Test
  void nonsenseIsAnInvalidResponse() throws Exception {
    assertThat(send(new Behaviour.TalksNonsense()))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void aHostWithoutAddressIsADnsFailure() throws Exception {
    assertThat(world.transport().send(request(world.unknownHost(), "", PLENTY)))
        .isEqualTo(new Failed(ErrorClass.DNS));
  }

  @Test
  void aClosedPortRefuses() throws Exception {
    assertThat(world.transport().send(request(world.refused(), "", PLENTY)))
        .isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
  }

  @Test
  void aForbiddenAddressIsBlocked() throws Exception {
    assertThat(world.transport().send(request(world.forbidden(), "", PLENTY)))
        .isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
  }

  @Test
  void anInterruptedCallerStopsWaiting() throws Exception {
    URI silent = world.consumer(new Behaviour.StaysSilent());
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ended.complete(world.transport().send(request(silent, "", PLENTY)));
              } catch (InterruptedException stop) {
                ended.completeExceptionally(stop);
              }
            });
    world.next(silent);

    caller.interrupt();

    assertThat(ended)
        .failsWithin(PLENTY)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aCallerThatIsInterruptedAlreadySendsNothing() {
    URI consumer = world.consumer(new Answers(200, ""));
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> world.transport().send(request(consumer, "", PLENTY)));
  }

  @Test
  void aSilentConsumerHoldsUpNobodyElse() throws Exception {
    URI silent = world.consumer(new Behaviour.StaysSilent());
    URI lively = world.consumer(new Answers(200, "here"));
    CountDownLatch ended = new CountDownLatch(1);
    Thread held =
        Thread.ofVirtual()
            .start(() -> {
              try {
                world.transport().send(request(silent, "", PLENTY));
              } catch (InterruptedException stop) {
                ended.countDown();
              }
            });
    world.next(silent);

    assertThat(world.transport().send(request(lively, "", PLENTY)))
        .isEqualTo(new Delivered(new Answer(200, "here")));

    assertThat(ended.getCount()).isEqualTo(1);
    held.interrupt();
    ended.await();
  }

  private Outcome send(Behaviour behaviour) throws InterruptedException {
    return world.transport().send(request(world.consumer(behaviour), "{}", PLENTY));
  }

  /// Sends with a deadline, and is done when that has ended it and not before.
  private Future<Outcome> sendShortly(Behaviour behaviour) {
    Request request = request(world.consumer(behaviour), "{}", SHORT);
    FutureTask<Outcome> sent =
        new FutureTask<>(() -> {
          long began = world.nanos();
          Outcome outcome = world.transport().send(request);
          assertThat(Duration.ofNanos(world.nanos() - began)).isGreaterThanOrEqualTo(SHORT);
          return outcome;
        });
    Thread.ofVirtual().start(sent);
    return sent;
  }

  private static Request request(URI url, String body, Duration timeout) {
    return new Request(
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        body.getBytes(StandardCharsets.US_ASCII),
        timeout);
  }
}
