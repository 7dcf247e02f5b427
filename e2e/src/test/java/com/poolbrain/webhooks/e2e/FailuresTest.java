package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Authority;
import com.poolbrain.webhooks.contracts.consumer.Authority.Validity;
import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.contracts.consumer.ClosedPort;
import com.poolbrain.webhooks.contracts.consumer.Identity;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
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

/// Consumers that fail in every way there is, all at the same time in one house.
class FailuresTest {

  private static final List<Duration> WAITS =
      List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150));

  /// For those that never answer. A first handshake takes more than a second on a machine that is
  /// busy.
  private static final int SECONDS_OF_SILENCE = 5;

  /// For those that fail otherwise: what stands still for a while must not look like silence.
  private static final int LONGEST = 30;

  /// What a consumer does, and what that is called.
  enum Trouble {
    SERVER_ERROR(500, "server_error"),
    REDIRECT(301, "redirect"),
    CLIENT_ERROR(404, "client_error"),
    GONE(410, "gone"),
    UNAUTHORIZED(401, "unauthorized"),
    TOO_LARGE(413, "payload_too_large"),
    RATE_LIMITED(429, "rate_limited"),
    SILENCE(0, "response_timeout"),
    DRIPPING_HEADERS(0, "response_timeout"),
    RESET(0, "connection_reset"),
    NONSENSE(0, "invalid_response"),
    UNTRUSTED(0, "tls_untrusted"),
    WRONG_HOST(0, "tls_hostname"),
    EXPIRED(0, "tls_expired"),
    REFUSED(0, "connect_refused");

    private final int status;
    private final String error;

    Trouble(int status, String error) {
      this.status = status;
      this.error = error;
    }

    Consumer consumer() {
      return switch (this) {
        case SERVER_ERROR, CLIENT_ERROR, GONE, UNAUTHORIZED, TOO_LARGE, RATE_LIMITED ->
            Consumer.thatAnswers(status);
        case REDIRECT ->
            Consumer.of(new Behaviour.Answers(status, "Location: https://localhost/\r\n", ""));
        case SILENCE -> Consumer.of(new Behaviour.StaysSilent());
        case DRIPPING_HEADERS -> Consumer.of(new Behaviour.DripsHead());
        case RESET -> Consumer.of(new Behaviour.Resets());
        case NONSENSE -> Consumer.of(new Behaviour.TalksNonsense());
        case UNTRUSTED -> shown(Authority.make(InstantSource.system()).issue("localhost"));
        case WRONG_HOST -> shown(Consumer.AUTHORITY.issue("elsewhere.example.com"));
        case EXPIRED -> shown(Consumer.AUTHORITY.issue(Validity.EXPIRED, "localhost"));
        case REFUSED -> Consumer.thatAccepts();
      };
    }

    /// Where its endpoint is.
    URI url(Consumer consumer) {
      return this == REFUSED ? CLOSED.url() : consumer.url();
    }

    /// How long its endpoint is waited for, in seconds.
    int timeout() {
      return error.equals("response_timeout") ? SECONDS_OF_SILENCE : LONGEST;
    }

    /// Whether requests reach the consumer at all.
    boolean isHeard() {
      return !error.startsWith("tls_") && this != REFUSED;
    }
  }

  /// A consumer in trouble and the endpoint that it is.
  private record Case(Consumer consumer, Endpoint endpoint) {}

  @AutoClose private static House house;
  @AutoClose private static final ClosedPort CLOSED = ClosedPort.hold();
  private static final Map<Trouble, Case> CASES = new EnumMap<>(Trouble.class);

  @BeforeAll
  static void publishToAll() {
    house = House.open();
    for (Trouble trouble : Trouble.values()) {
      Consumer consumer = trouble.consumer();
      Company company = house.newCompany();
      CASES.put(
          trouble,
          new Case(consumer, subscribe(company, trouble.url(consumer), trouble.timeout())));
      company.customerCreated(1);
    }
  }

  private static Endpoint subscribe(Company company, URI url, int timeout) {
    return company.add(
        "{\"url\": \"%s\", \"events\": [\"customer.created\"], \"timeout_seconds\": %d}"
            .formatted(url, timeout));
  }

  @AfterAll
  static void hangUp() {
    CASES.values().forEach(one -> one.consumer().close());
  }

  @ParameterizedTest
  @EnumSource
  void fourAttemptsFailWithTheirClassAndARedeliveryWorksAfterwards(Trouble trouble)
      throws Exception {
    Case one = CASES.get(trouble);

    JsonNode failed = one.endpoint().onlyDelivery("permanently_failed");
    assertThatFourFailed(failed, trouble);

    try (Consumer recovered = Consumer.thatAccepts()) {
      one.endpoint()
          .patch("{\"url\": \"%s\", \"timeout_seconds\": %d}".formatted(recovered.url(), LONGEST));
      one.endpoint().redeliver(failed.path("id").stringValue()).expect(202);
      assertThatTheFifthDelivered(failed, recovered.next(), one.endpoint().company());
      assertThat(recovered.count()).isEqualTo(1);
    }
    assertThat(one.consumer().hooks())
        .extracting(Hook::attempt)
        .isEqualTo(trouble.isHeard() ? List.of(1, 2, 3, 4) : List.of());
    assertThat(one.consumer().hooks())
        .allSatisfy(hook ->
            assertThat(hook.text()).isEqualTo(failed.path("request").path("body").stringValue()));
  }

  private static void assertThatFourFailed(JsonNode delivery, Trouble trouble) {
    List<JsonNode> attempts = delivery.path("attempts").valueStream().toList();
    assertThat(delivery.path("attempt_count").intValue()).isEqualTo(4);
    assertThat(attempts).extracting(a -> a.path("number").intValue()).containsExactly(1, 2, 3, 4);
    assertThat(attempts).extracting(a -> a.path("error").asString()).containsOnly(trouble.error);
    assertThat(attempts)
        .extracting(a -> a.path("status_code").asInt(0))
        .containsOnly(trouble.status);
    assertThat(attempts).extracting(a -> a.path("trigger").asString()).containsOnly("automatic");
    assertThatEachWaitedForItsTime(attempts);
    assertThat(delivery.has("next_attempt_at")).isFalse();
  }

  private static void assertThatTheFifthDelivered(JsonNode failed, Hook hook, Company company) {
    String id = failed.path("id").stringValue();
    JsonNode delivered = company.delivery(id, "delivered");
    assertThat(hook.id()).isEqualTo(id);
    assertThat(hook.attempt()).isEqualTo(5);
    assertThat(hook.text()).isEqualTo(failed.path("request").path("body").stringValue());
    assertThat(delivered.path("attempt_count").intValue()).isEqualTo(5);
    assertThat(delivered.path("attempts").path(4).path("number").intValue()).isEqualTo(5);
    assertThat(delivered.path("attempts").path(4).path("trigger").stringValue())
        .isEqualTo("manual");
  }

  @Test
  void aConsumerThatRecoversAtTheThirdAttemptHasThreeOnRecord() {
    try (Consumer consumer = Consumer.thatAnswers(500, 404, 200)) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      endpoint.company().customerCreated(1);

      JsonNode delivery = endpoint.onlyDelivery("delivered");

      assertThat(delivery.path("attempts").valueStream())
          .extracting(attempt -> attempt.path("status_code").intValue())
          .containsExactly(500, 404, 200);
      assertThat(delivery.path("attempt_count").intValue()).isEqualTo(3);
      assertThat(consumer.count()).isEqualTo(3);
    }
  }

  @Test
  void aSuccessWhoseBodyDripsIsASuccess() {
    try (Consumer consumer = Consumer.of(new Behaviour.DripsBody(200))) {
      Endpoint endpoint = subscribe(house.newCompany(), consumer.url(), SECONDS_OF_SILENCE);
      endpoint.company().customerCreated(1);

      JsonNode delivery = endpoint.onlyDelivery("delivered");

      assertThat(delivery.path("attempt_count").intValue()).isEqualTo(1);
      assertThat(consumer.count()).isEqualTo(1);
    }
  }

  @Test
  void aRedeliveryThatFailsLeavesADeliveredOneDelivered() {
    try (Consumer consumer = Consumer.thatAnswers(200, 500)) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      endpoint.company().customerCreated(1);
      String id = endpoint.onlyDelivery("delivered").path("id").stringValue();

      endpoint.redeliver(id).expect(202);

      JsonNode delivery =
          Patience.until(
              "the second attempt is on record",
              () -> endpoint.company().delivery(id),
              found -> found.path("attempts").size() == 2);
      assertThat(delivery.path("status").stringValue()).isEqualTo("delivered");
      assertThat(delivery.path("attempts").path(1).path("error").stringValue())
          .isEqualTo("server_error");
    }
  }

  /// But for one: what is due is decided by the clock of the database, and that of the node, by
  /// which attempts are recorded, is behind it until it is set anew if the node was told the time
  /// late. Only what the scan finds can begin then, once a second.
  private static void assertThatEachWaitedForItsTime(List<JsonNode> attempts) {
    int tooEarly = 0;
    for (int i = 1; i < attempts.size(); i++) {
      JsonNode before = attempts.get(i - 1);
      Instant ended =
          Instant.parse(before.path("started_at").stringValue())
              .plusMillis(before.path("duration_ms").longValue());
      Instant started = Instant.parse(attempts.get(i).path("started_at").stringValue());
      tooEarly += started.isBefore(ended.plus(WAITS.get(i - 1))) ? 1 : 0;
    }
    assertThat(tooEarly).as("begun too early: %s", attempts).isLessThanOrEqualTo(1);
  }

  private static Consumer shown(Identity identity) {
    return Consumer.with(identity, new Behaviour.Answers(200, ""));
  }
}
