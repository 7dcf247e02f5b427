package com.poolbrain.webhooks.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What people do with an endpoint besides waiting for events: test it, look up its secret, ask for
/// more headers, cancel a delivery.
class ByHandTest {

  private static final URI NOBODY = URI.create("https://localhost:9/webhooks");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  @AutoClose private static House house;

  @BeforeAll
  static void open() {
    house = House.open("WEBHOOKS_RETRY_SCHEDULE", "1h");
  }

  @Test
  void aTestSendsAPingNowAndAnswersWithTheAttempt() throws Exception {
    try (Consumer consumer = Consumer.thatAnswers(202)) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");

      JsonNode tested = house.api().post(endpoint.path() + "/test", "").expect(200);
      Hook hook = consumer.next();

      assertThat(hook.header("X-Webhook-Test")).isEqualTo("true");
      assertThat(hook.event()).isEqualTo("webhook.ping");
      assertThat(hook.envelope().path("data").path("message").isString()).isTrue();
      assertThat(hook.attempt()).isEqualTo(1);
      assertThat(GuidePython.verifies(hook, endpoint.secret())).isTrue();
      assertThat(tested.path("delivery_id").stringValue()).isEqualTo(hook.id());
      assertThat(tested.path("attempt").path("status_code").intValue()).isEqualTo(202);
      assertThat(tested.path("attempt").path("trigger").stringValue()).isEqualTo("test");
      assertThat(house.api().get(endpoint.path()).expect(200).path("status").stringValue())
          .isEqualTo("never_delivered");
    }
  }

  @Test
  void aTestMaySendAnyEventWithAnyDataOfItsSchema() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      String test = endpoint.path() + "/test";

      house.api().post(test, "{\"event\": \"job.one_time.created\"}").expect(200);
      house
          .api()
          .post(test, "{\"event\": \"job.one_time.created\", \"data\": {\"jobNumber\": \"JOB-Ü\"}}")
          .expect(200);
      Answer wrong =
          house
              .api()
              .post(test, "{\"event\": \"job.one_time.created\", \"data\": {\"jobNumber\": 1}}");

      assertThat(consumer.next().event()).isEqualTo("job.one_time.created");
      assertThat(consumer.next().text()).endsWith("\"data\":{\"jobNumber\":\"JOB-\\u00dc\"}}");
      assertThat(wrong.expect(422).path("errors").path(0).path("pointer").stringValue())
          .isEqualTo("/data/jobNumber");
      assertThat(consumer.count()).isEqualTo(2);
    }
  }

  @Test
  void aTestThatFailsIsNotRepeated() {
    try (Consumer consumer = Consumer.thatAnswers(500)) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");

      JsonNode tested = house.api().post(endpoint.path() + "/test", "").expect(200);
      JsonNode delivery =
          endpoint
              .company()
              .delivery(tested.path("delivery_id").stringValue(), "permanently_failed");

      assertThat(tested.path("attempt").path("error").stringValue()).isEqualTo("server_error");
      assertThat(delivery.path("attempt_count").intValue()).isEqualTo(1);
    }
  }

  @Test
  void aDeliveryThatWaitsCanBeCancelledOnce() {
    try (Consumer consumer = Consumer.thatAnswers(500)) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      company.customerCreated(1);
      String id = endpoint.onlyDelivery("retrying").path("id").stringValue();
      String cancel = "%s/deliveries/%s/cancel".formatted(company.path(), id);

      house.api().post(cancel, "").expect(200);

      JsonNode cancelled = company.delivery(id, "skipped");
      assertThat(cancelled.path("skip_reason").stringValue()).isEqualTo("cancelled");
      assertThat(cancelled.has("next_attempt_at")).isFalse();
      assertThat(house.api().post(cancel, "").status()).isEqualTo(409);
    }
  }

  @Test
  void aSkippedDeliveryWhoseRedeliveryFailsIsPermanentlyFailed() {
    try (Consumer consumer = Consumer.thatAnswers(500)) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      company.useWebhooks(false);
      company.customerCreated(1);
      String id = endpoint.onlyDelivery("skipped").path("id").stringValue();
      company.useWebhooks(true);

      endpoint.redeliver(id).expect(202);

      assertThat(company.delivery(id, "permanently_failed").path("attempt_count").intValue())
          .isEqualTo(1);
    }
  }

  @Test
  void theSecretIsShownAtCreationAndWhenAskedFor() {
    Company company = house.newCompany();
    Endpoint endpoint = company.subscribe(NOBODY, "customer.created");
    Endpoint own =
        company.add(
            """
            {"url": "%s", "events": ["customer.created"], "secret": "an-own-secret-of-ours"}
            """
                .formatted(NOBODY));

    assertThat(endpoint.secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(own.secret()).isEqualTo("an-own-secret-of-ours");
    for (Endpoint one : List.of(endpoint, own)) {
      assertThat(house.api().get(one.path() + "/secret").expect(200).path("secret").stringValue())
          .isEqualTo(one.secret());
      assertThat(house.api().get(one.path()).expect(200).has("secret")).isFalse();
    }
    assertThat(house.api().get(company.path() + "/endpoints").body())
        .doesNotContain(endpoint.secret(), own.secret());
  }

  @Test
  void standardWebhooksHeadersComeWhenTheyAreTurnedOn() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint =
          company.add(
              """
              {"url": "%s", "events": ["customer.created"], "standard_webhooks": true}
              """
                  .formatted(consumer.url()));
      company.customerCreated(1);
      Hook hook = consumer.next();

      String sent = hook.header("webhook-timestamp");
      assertThat(hook.header("webhook-id")).isEqualTo(hook.id());
      assertThat(Duration.between(Instant.ofEpochSecond(Long.parseLong(sent)), Instant.now()).abs())
          .isLessThan(TOLERANCE);
      assertThat(hook.header("webhook-signature"))
          .isEqualTo("v1," + standardSignature(endpoint, hook, sent));
      assertThat(GuidePython.verifies(hook, endpoint.secret())).isTrue();
    }
  }

  @Test
  void anAddressThatIsNotAllowedIsNeverConnectedTo() {
    try (House strict = House.open("WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.2/32");
        Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = strict.newCompany().subscribe(consumer.url(), "customer.created");
      endpoint.company().customerCreated(1);

      JsonNode delivery = endpoint.onlyDelivery("permanently_failed");

      assertThat(delivery.path("attempts").valueStream())
          .extracting(attempt -> attempt.path("error").stringValue())
          .containsExactly(
              "blocked_address", "blocked_address", "blocked_address", "blocked_address");
      assertThat(consumer.server().visits()).isZero();
    }
  }

  private static String standardSignature(Endpoint endpoint, Hook hook, String timestamp)
      throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(endpoint.secret().substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = hook.id() + "." + timestamp + "." + hook.text();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
