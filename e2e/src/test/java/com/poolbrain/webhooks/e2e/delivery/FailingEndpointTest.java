package com.poolbrain.webhooks.e2e.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.testkit.endpoint.TestCa.Validity;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Endpoints that fail in every possible way, all at the same time on one service.
class FailingEndpointTest {

  private static final List<Duration> RETRY_DELAYS =
      List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150));

  /// Timeout of endpoints that never respond. A first TLS handshake takes more than a second on a
  /// busy machine.
  private static final int HANGING_TIMEOUT_SECONDS = 5;

  /// Timeout of all other endpoints: a stalled machine must not cause a response timeout.
  private static final int TIMEOUT_SECONDS = 30;

  /// Kind of failure, with its status and error class.
  enum FailureKind {
    SERVER_ERROR(500, "server_error"),
    REDIRECT(301, "redirect"),
    CLIENT_ERROR(404, "client_error"),
    GONE(410, "gone"),
    UNAUTHORIZED(401, "unauthorized"),
    TOO_LARGE(413, "payload_too_large"),
    RATE_LIMITED(429, "rate_limited"),
    HANGING(0, "response_timeout"),
    SLOW_HEADERS(404, "client_error"),
    RESET(0, "connection_reset"),
    NOT_HTTP(0, "invalid_response"),
    UNTRUSTED(0, "tls_untrusted"),
    WRONG_HOST(0, "tls_hostname"),
    EXPIRED(0, "tls_expired"),
    CONNECTION_REFUSED(0, "connect_refused");

    private final int status;
    private final String error;

    FailureKind(int status, String error) {
      this.status = status;
      this.error = error;
    }

    HttpsReceiver receiver() {
      return switch (this) {
        case SERVER_ERROR, CLIENT_ERROR, GONE, UNAUTHORIZED, TOO_LARGE, RATE_LIMITED ->
            HttpsReceiver.answering(status);
        case REDIRECT ->
            HttpsReceiver.scripted(
                new EndpointBehavior.Responds(status, "Location: https://localhost/\r\n", ""));
        case HANGING -> HttpsReceiver.scripted(new EndpointBehavior.NeverResponds());
        case SLOW_HEADERS -> HttpsReceiver.scripted(new EndpointBehavior.TricklesHeaders(status));
        case RESET -> HttpsReceiver.scripted(new EndpointBehavior.ResetsConnection());
        case NOT_HTTP -> HttpsReceiver.scripted(new EndpointBehavior.SendsInvalidHttp());
        case UNTRUSTED ->
            HttpsReceiver.withCertificate(TestCa.create(InstantSource.system()).issue("localhost"));
        case WRONG_HOST ->
            HttpsReceiver.withCertificate(HttpsReceiver.CA.issue("elsewhere.example.com"));
        case EXPIRED ->
            HttpsReceiver.withCertificate(HttpsReceiver.CA.issue(Validity.EXPIRED, "localhost"));
        case CONNECTION_REFUSED -> HttpsReceiver.accepting();
      };
    }

    /// URL of the endpoint.
    URI url(HttpsReceiver receiver) {
      return this == CONNECTION_REFUSED ? CLOSED_PORT.url() : receiver.url();
    }

    /// Timeout of the endpoint in seconds.
    int timeoutSeconds() {
      return this == HANGING || this == SLOW_HEADERS ? HANGING_TIMEOUT_SECONDS : TIMEOUT_SECONDS;
    }

    /// Whether requests reach the receiver.
    boolean reachesReceiver() {
      return !error.startsWith("tls_") && this != CONNECTION_REFUSED;
    }
  }

  /// A failing receiver and its endpoint.
  private record FailureCase(HttpsReceiver receiver, TestEndpoint endpoint) {}

  @AutoClose private static RunningService service;
  @AutoClose private static final ClosedPort CLOSED_PORT = ClosedPort.reserve();
  private static final Map<FailureKind, FailureCase> CASES = new EnumMap<>(FailureKind.class);

  @BeforeAll
  static void publishToAll() {
    service = RunningService.start();
    for (FailureKind failureKind : FailureKind.values()) {
      HttpsReceiver receiver = failureKind.receiver();
      TestCompany company = service.createCompany();
      CASES.put(
          failureKind,
          new FailureCase(
              receiver,
              subscribe(company, failureKind.url(receiver), failureKind.timeoutSeconds())));
      company.publishCustomerCreated(1);
    }
  }

  private static TestEndpoint subscribe(TestCompany company, URI url, int timeoutSeconds) {
    return company.createEndpoint(
        "{\"url\": \"%s\", \"events\": [\"customer.created\"], \"timeout_seconds\": %d}"
            .formatted(url, timeoutSeconds));
  }

  @AfterAll
  static void closeReceivers() {
    CASES.values().forEach(failureCase -> failureCase.receiver().close());
  }

  @ParameterizedTest
  @EnumSource
  void four_attempts_fail_with_their_error_class_and_a_later_redelivery_succeeds(
      FailureKind failureKind) throws Exception {
    FailureCase failureCase = requireNonNull(CASES.get(failureKind));

    JsonNode failed = failureCase.endpoint().awaitOnlyDelivery("permanently_failed");
    assertFourFailedAttempts(failed, failureKind);

    try (HttpsReceiver recovered = HttpsReceiver.accepting()) {
      failureCase
          .endpoint()
          .patch(
              "{\"url\": \"%s\", \"timeout_seconds\": %d}"
                  .formatted(recovered.url(), TIMEOUT_SECONDS));
      failureCase.endpoint().redeliver(failed.path("id").stringValue()).expect(202);
      assertFifthAttemptDelivered(failed, recovered.awaitNext(), failureCase.endpoint().company());
      assertThat(recovered.webhookCount()).isEqualTo(1);
    }
    assertThat(failureCase.receiver().webhooks())
        .extracting(ReceivedRequest::attemptNumber)
        .isEqualTo(failureKind.reachesReceiver() ? List.of(1, 2, 3, 4) : List.of());
    assertThat(failureCase.receiver().webhooks())
        .allSatisfy(webhook ->
            assertThat(webhook.bodyText())
                .isEqualTo(failed.path("request").path("body").stringValue()));
  }

  private static void assertFourFailedAttempts(JsonNode delivery, FailureKind failureKind) {
    List<JsonNode> attempts = delivery.path("attempts").valueStream().toList();
    assertThat(delivery.path("attempt_count").intValue()).isEqualTo(4);
    assertThat(attempts).extracting(a -> a.path("number").intValue()).containsExactly(1, 2, 3, 4);
    assertThat(attempts)
        .extracting(a -> a.path("error").asString())
        .containsOnly(failureKind.error);
    assertThat(attempts)
        .extracting(a -> a.path("status_code").asInt(0))
        .containsOnly(failureKind.status);
    assertThat(attempts).extracting(a -> a.path("trigger").asString()).containsOnly("automatic");
    assertRetryDelaysWereKept(attempts);
    assertThat(delivery.has("next_attempt_at")).isFalse();
  }

  private static void assertFifthAttemptDelivered(
      JsonNode failed, ReceivedRequest webhook, TestCompany company) {
    String id = failed.path("id").stringValue();
    JsonNode delivered = company.awaitDelivery(id, "delivered");
    assertThat(webhook.deliveryId()).isEqualTo(id);
    assertThat(webhook.attemptNumber()).isEqualTo(5);
    assertThat(webhook.bodyText()).isEqualTo(failed.path("request").path("body").stringValue());
    assertThat(delivered.path("attempt_count").intValue()).isEqualTo(5);
    assertThat(delivered.path("attempts").path(4).path("number").intValue()).isEqualTo(5);
    assertThat(delivered.path("attempts").path(4).path("trigger").stringValue())
        .isEqualTo("manual");
  }

  @Test
  void success_at_the_third_attempt_records_three_attempts() {
    try (HttpsReceiver receiver = HttpsReceiver.answering(500, 404, 200)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      endpoint.company().publishCustomerCreated(1);

      JsonNode delivery = endpoint.awaitOnlyDelivery("delivered");

      assertThat(delivery.path("attempts").valueStream())
          .extracting(attempt -> attempt.path("status_code").intValue())
          .containsExactly(500, 404, 200);
      assertThat(delivery.path("attempt_count").intValue()).isEqualTo(3);
      assertThat(receiver.webhookCount()).isEqualTo(3);
    }
  }

  @Test
  void success_with_a_slow_body_is_delivered() {
    try (HttpsReceiver receiver = HttpsReceiver.scripted(new EndpointBehavior.TricklesBody(200))) {
      TestEndpoint endpoint =
          subscribe(service.createCompany(), receiver.url(), HANGING_TIMEOUT_SECONDS);
      endpoint.company().publishCustomerCreated(1);

      JsonNode delivery = endpoint.awaitOnlyDelivery("delivered");

      assertThat(delivery.path("attempt_count").intValue()).isEqualTo(1);
      assertThat(receiver.webhookCount()).isEqualTo(1);
    }
  }

  @Test
  void failed_redelivery_of_a_delivered_delivery_leaves_it_delivered() {
    try (HttpsReceiver receiver = HttpsReceiver.answering(200, 500)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      endpoint.company().publishCustomerCreated(1);
      String id = endpoint.awaitOnlyDelivery("delivered").path("id").stringValue();

      endpoint.redeliver(id).expect(202);

      JsonNode delivery =
          Await.until(
              "the second attempt is recorded",
              () -> endpoint.company().getDelivery(id),
              found -> found.path("attempts").size() == 2);
      assertThat(delivery.path("status").stringValue()).isEqualTo("delivered");
      assertThat(delivery.path("attempts").path(1).path("error").stringValue())
          .isEqualTo("server_error");
    }
  }

  /// Retries start no earlier than their delay, with at most one exception. The database clock
  /// decides what is due, and the node clock times attempts. The node clock may lag until its next
  /// synchronization, and a due delivery is found once a second.
  private static void assertRetryDelaysWereKept(List<JsonNode> attempts) {
    int tooEarly = 0;
    for (int i = 1; i < attempts.size(); i++) {
      JsonNode previous = attempts.get(i - 1);
      Instant ended =
          Instant.parse(previous.path("started_at").stringValue())
              .plusMillis(previous.path("duration_ms").longValue());
      Instant started = Instant.parse(attempts.get(i).path("started_at").stringValue());
      tooEarly += started.isBefore(ended.plus(RETRY_DELAYS.get(i - 1))) ? 1 : 0;
    }
    assertThat(tooEarly).as("attempts started too early: %s", attempts).isLessThanOrEqualTo(1);
  }
}
