package com.poolbrain.webhooks.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior.Responds;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
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

/// Contract suite of [com.poolbrain.webhooks.engine.request.Transport].
@Timeout(120)
public abstract class TransportContract {

  /// Longer than any exchange that ends by itself.
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);

  /// Long enough for a handshake on a machine that stalls for seconds. Exchanges without an end
  /// take this long.
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(5);

  private TransportHarness harness;

  /// A new harness for one test.
  protected abstract TransportHarness harness();

  @BeforeEach
  void setUp() {
    harness = harness();
  }

  @AfterEach
  void tearDown() {
    harness.close();
  }

  @Test
  void status_2xx_is_delivered() throws Exception {
    assertThat(send(new Responds(204, ""))).isEqualTo(new Delivered(new EndpointResponse(204, "")));
    assertThat(send(new Responds(200, "thank you")))
        .isEqualTo(new Delivered(new EndpointResponse(200, "thank you")));
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
  void every_other_status_fails_with_its_error_class_and_the_response(int status, ErrorClass error)
      throws Exception {
    String body = status == 304 ? "" : "because";

    assertThat(send(new Responds(status, body)))
        .isEqualTo(new Failed(error, new EndpointResponse(status, body), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void retry_after_of_429_and_503_is_reported(int status) throws Exception {
    assertThat(send(new Responds(status, "Retry-After: 17\r\n", "later")))
        .extracting(outcome -> ((Failed) outcome).retryAfter())
        .isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void retry_after_of_other_statuses_is_ignored() throws Exception {
    assertThat(send(new Responds(500, "Retry-After: 17\r\n", "")))
        .isEqualTo(new Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(500, ""), null));
  }

  @Test
  void redirect_is_not_followed() throws Exception {
    URI other = harness.startEndpoint(new Responds(200, "other"));

    Outcome outcome = send(new Responds(302, "Location: " + other + "\r\n", ""));

    assertThat(outcome)
        .isEqualTo(new Failed(ErrorClass.REDIRECT, new EndpointResponse(302, ""), null));
    harness.transport().send(request(other, "fence", LONG_TIMEOUT));
    assertThat(harness.nextRequest(other).bodyText()).isEqualTo("fence");
  }

  @Test
  void headers_and_body_are_sent_unchanged() throws Exception {
    byte[] body = "{\"data\":\"\\u00e9\\n 1.10\"}".getBytes(StandardCharsets.US_ASCII);
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", "application/json"),
            Map.entry("X-Webhook-Signature", "00ff"),
            Map.entry("x-lower", "kept"),
            Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"));
    URI url = harness.startEndpoint(new Responds(200, ""));

    harness.transport().send(new WebhookRequest(url, headers, body, LONG_TIMEOUT));

    ReceivedRequest receivedRequest = harness.nextRequest(url);
    assertThat(receivedRequest.body()).isEqualTo(body);
    assertThat(receivedRequest.headers()).containsSubsequence(headers);
    assertThat(receivedRequest.headers())
        .filteredOn(header -> !headers.contains(header))
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("Host", "Content-Length");
  }

  @Test
  void endless_responses_end_at_the_deadline() throws Exception {
    Future<Outcome> neverResponding = sendWithShortTimeout(new EndpointBehavior.NeverResponds());
    Future<Outcome> tricklingSuccessHeaders =
        sendWithShortTimeout(new EndpointBehavior.TricklesHeaders(200));
    Future<Outcome> tricklingErrorHeaders =
        sendWithShortTimeout(new EndpointBehavior.TricklesHeaders(404));
    Future<Outcome> tricklingSuccessBody =
        sendWithShortTimeout(new EndpointBehavior.TricklesBody(200));
    Future<Outcome> tricklingErrorBody =
        sendWithShortTimeout(new EndpointBehavior.TricklesBody(500));

    assertThat(neverResponding.get()).isEqualTo(new Failed(ErrorClass.RESPONSE_TIMEOUT));
    assertThat(tricklingSuccessHeaders.get())
        .isEqualTo(new Delivered(new EndpointResponse(200, "")));
    assertThat(tricklingErrorHeaders.get())
        .isEqualTo(new Failed(ErrorClass.CLIENT_ERROR, new EndpointResponse(404, ""), null));
    assertThat(tricklingSuccessBody.get())
        .isInstanceOfSatisfying(
            Delivered.class,
            delivered -> assertThat(delivered.response().body()).startsWith("drip "));
    assertThat(tricklingErrorBody.get())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.error()).isEqualTo(ErrorClass.SERVER_ERROR));
  }

  @Test
  void status_2xx_with_truncated_body_is_delivered() throws Exception {
    assertThat(send(new EndpointBehavior.ClosesDuringBody(200)))
        .isEqualTo(new Delivered(new EndpointResponse(200, "so far")));
  }

  @Test
  void error_status_with_truncated_body_fails_with_its_error_class() throws Exception {
    assertThat(send(new EndpointBehavior.ClosesDuringBody(404)))
        .isEqualTo(new Failed(ErrorClass.CLIENT_ERROR, new EndpointResponse(404, "so far"), null));
  }

  @Test
  void status_line_counts_although_its_head_is_never_finished() throws Exception {
    assertThat(send(new EndpointBehavior.BreaksDuringHead(200)))
        .isEqualTo(new Delivered(new EndpointResponse(200, "")));
    assertThat(send(new EndpointBehavior.BreaksDuringHead(503)))
        .isEqualTo(new Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(503, ""), null));
  }

  @Test
  void close_within_the_status_line_is_invalid_response() throws Exception {
    assertThat(send(new EndpointBehavior.ClosesInStatusLine()))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void reset_before_a_response_is_connection_reset() throws Exception {
    assertThat(send(new EndpointBehavior.ResetsConnection()))
        .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
  }

  @Test
  void response_that_is_no_http_is_invalid_response() throws Exception {
    assertThat(send(new EndpointBehavior.SendsInvalidHttp()))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void host_without_address_is_a_dns_failure() throws Exception {
    assertThat(send(harness.unresolvableUrl())).isEqualTo(new Failed(ErrorClass.DNS));
  }

  @Test
  void closed_port_is_connect_refused() throws Exception {
    assertThat(send(harness.refusedUrl())).isEqualTo(new Failed(ErrorClass.CONNECT_REFUSED));
  }

  @Test
  void denied_address_is_blocked_address() throws Exception {
    assertThat(send(harness.blockedUrl())).isEqualTo(new Failed(ErrorClass.BLOCKED_ADDRESS));
  }

  @Test
  void interrupted_sender_stops_waiting() throws Exception {
    URI unresponsiveUrl = harness.startEndpoint(new EndpointBehavior.NeverResponds());
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ended.complete(send(unresponsiveUrl));
              } catch (InterruptedException interrupted) {
                ended.completeExceptionally(interrupted);
              }
            });
    harness.nextRequest(unresponsiveUrl);

    caller.interrupt();

    assertThat(ended)
        .failsWithin(LONG_TIMEOUT)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void already_interrupted_sender_sends_nothing() {
    URI endpointUrl = harness.startEndpoint(new Responds(200, ""));
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> send(endpointUrl));
  }

  @Test
  void unresponsive_endpoint_does_not_delay_other_endpoints() throws Exception {
    URI unresponsiveUrl = harness.startEndpoint(new EndpointBehavior.NeverResponds());
    URI responsiveUrl = harness.startEndpoint(new Responds(200, "here"));
    CountDownLatch ended = new CountDownLatch(1);
    Thread blockedSender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                send(unresponsiveUrl);
              } catch (InterruptedException interrupted) {
                ended.countDown();
              }
            });
    harness.nextRequest(unresponsiveUrl);

    assertThat(send(responsiveUrl)).isEqualTo(new Delivered(new EndpointResponse(200, "here")));

    assertThat(ended.getCount()).isEqualTo(1);
    blockedSender.interrupt();
    ended.await();
  }

  private Outcome send(EndpointBehavior endpointBehavior) throws InterruptedException {
    return send(harness.startEndpoint(endpointBehavior));
  }

  private Outcome send(URI url) throws InterruptedException {
    return harness.transport().send(request(url, "{}", LONG_TIMEOUT)).outcome();
  }

  /// Sends with a short timeout, and checks that the exchange did not end earlier.
  private Future<Outcome> sendWithShortTimeout(EndpointBehavior endpointBehavior) {
    WebhookRequest webhookRequest =
        request(harness.startEndpoint(endpointBehavior), "{}", SHORT_TIMEOUT);
    FutureTask<Outcome> sent =
        new FutureTask<>(() -> {
          long startNanos = harness.nanoTime();
          Outcome outcome = harness.transport().send(webhookRequest).outcome();
          assertThat(Duration.ofNanos(harness.nanoTime() - startNanos))
              .isGreaterThanOrEqualTo(SHORT_TIMEOUT);
          return outcome;
        });
    Thread.ofVirtual().start(sent);
    return sent;
  }

  private static WebhookRequest request(URI url, String body, Duration timeout) {
    return new WebhookRequest(
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        body.getBytes(StandardCharsets.US_ASCII),
        timeout);
  }
}
