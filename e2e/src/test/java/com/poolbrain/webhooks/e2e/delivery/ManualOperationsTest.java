package com.poolbrain.webhooks.e2e.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.GuidePythonVerifier;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Operations on endpoints: test sends, secret look-up, Standard Webhooks headers, cancelling.
class ManualOperationsTest {

  private static final URI UNREACHABLE_URL = URI.create("https://localhost:9/webhooks");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start("WEBHOOKS_RETRY_SCHEDULE", "1h");
  }

  @Test
  @Tag("needs-programs")
  void test_send_delivers_a_ping_and_returns_the_attempt() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.answering(202)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");

      JsonNode testResult = service.api().post(endpoint.path() + "/test", "").expect(200);
      ReceivedRequest webhook = receiver.awaitNext();

      assertThat(webhook.header("X-Webhook-Test")).isEqualTo("true");
      assertThat(webhook.eventName()).isEqualTo("webhook.ping");
      assertThat(webhook.envelope().path("data").path("message").isString()).isTrue();
      assertThat(webhook.attemptNumber()).isEqualTo(1);
      assertThat(GuidePythonVerifier.verifies(webhook, endpoint.secret())).isTrue();
      assertThat(testResult.path("delivery_id").stringValue()).isEqualTo(webhook.deliveryId());
      assertThat(testResult.path("attempt").path("status_code").intValue()).isEqualTo(202);
      assertThat(testResult.path("attempt").path("trigger").stringValue()).isEqualTo("test");
      assertThat(service.api().get(endpoint.path()).expect(200).path("status").stringValue())
          .isEqualTo("never_delivered");
    }
  }

  @Test
  void test_send_accepts_any_event_with_valid_data() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      String test = endpoint.path() + "/test";

      service.api().post(test, "{\"event\": \"job.one_time.created\"}").expect(200);
      service
          .api()
          .post(test, "{\"event\": \"job.one_time.created\", \"data\": {\"jobNumber\": \"JOB-Ü\"}}")
          .expect(200);
      ApiResponse invalidDataResponse =
          service
              .api()
              .post(test, "{\"event\": \"job.one_time.created\", \"data\": {\"jobNumber\": 1}}");

      assertThat(receiver.awaitNext().eventName()).isEqualTo("job.one_time.created");
      assertThat(receiver.awaitNext().bodyText())
          .endsWith("\"data\":{\"jobNumber\":\"JOB-\\u00dc\"}}");
      assertThat(
              invalidDataResponse.expect(422).path("errors").path(0).path("pointer").stringValue())
          .isEqualTo("/data/jobNumber");
      assertThat(receiver.webhookCount()).isEqualTo(2);
    }
  }

  @Test
  void failed_test_send_is_not_retried() {
    try (HttpsReceiver receiver = HttpsReceiver.answering(500)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");

      JsonNode testResult = service.api().post(endpoint.path() + "/test", "").expect(200);
      JsonNode delivery =
          endpoint
              .company()
              .awaitDelivery(testResult.path("delivery_id").stringValue(), "permanently_failed");

      assertThat(testResult.path("attempt").path("error").stringValue()).isEqualTo("server_error");
      assertThat(delivery.path("attempt_count").intValue()).isEqualTo(1);
    }
  }

  @Test
  void retrying_delivery_can_be_cancelled_once() {
    try (HttpsReceiver receiver = HttpsReceiver.answering(500)) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      company.publishCustomerCreated(1);
      String id = endpoint.awaitOnlyDelivery("retrying").path("id").stringValue();
      String cancel = "%s/deliveries/%s/cancel".formatted(company.path(), id);

      service.api().post(cancel, "").expect(200);

      JsonNode cancelled = company.awaitDelivery(id, "skipped");
      assertThat(cancelled.path("skip_reason").stringValue()).isEqualTo("cancelled");
      assertThat(cancelled.has("next_attempt_at")).isFalse();
      assertThat(service.api().post(cancel, "").status()).isEqualTo(409);
    }
  }

  @Test
  void failed_redelivery_of_a_skipped_delivery_makes_it_permanently_failed() {
    try (HttpsReceiver receiver = HttpsReceiver.answering(500)) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      company.setWebhooksEnabled(false);
      company.publishCustomerCreated(1);
      String id = endpoint.awaitOnlyDelivery("skipped").path("id").stringValue();
      company.setWebhooksEnabled(true);

      endpoint.redeliver(id).expect(202);

      assertThat(company.awaitDelivery(id, "permanently_failed").path("attempt_count").intValue())
          .isEqualTo(1);
    }
  }

  @Test
  void secret_is_returned_by_creation_and_secret_lookup_only() {
    TestCompany company = service.createCompany();
    TestEndpoint endpoint = company.subscribe(UNREACHABLE_URL, "customer.created");
    TestEndpoint endpointWithOwnSecret =
        company.createEndpoint(
            """
            {"url": "%s", "events": ["customer.created"], "secret": "an-own-secret-of-ours"}
            """
                .formatted(UNREACHABLE_URL));

    assertThat(endpoint.secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(endpointWithOwnSecret.secret()).isEqualTo("an-own-secret-of-ours");
    for (TestEndpoint created : List.of(endpoint, endpointWithOwnSecret)) {
      assertThat(
              service
                  .api()
                  .get(created.path() + "/secret")
                  .expect(200)
                  .path("secret")
                  .stringValue())
          .isEqualTo(created.secret());
      assertThat(service.api().get(created.path()).expect(200).has("secret")).isFalse();
    }
    assertThat(service.api().get(company.path() + "/endpoints").body())
        .doesNotContain(endpoint.secret(), endpointWithOwnSecret.secret());
  }

  @Test
  @Tag("needs-programs")
  void standard_webhooks_headers_are_sent_when_enabled() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint =
          company.createEndpoint(
              """
              {"url": "%s", "events": ["customer.created"], "standard_webhooks": true}
              """
                  .formatted(receiver.url()));
      company.publishCustomerCreated(1);
      ReceivedRequest webhook = receiver.awaitNext();

      String sentTimestamp = webhook.header("webhook-timestamp");
      assertThat(webhook.header("webhook-id")).isEqualTo(webhook.deliveryId());
      assertThat(
              Duration.between(Instant.ofEpochSecond(Long.parseLong(sentTimestamp)), Instant.now())
                  .abs())
          .isLessThan(TOLERANCE);
      assertThat(webhook.header("webhook-signature"))
          .isEqualTo("v1," + standardSignature(endpoint, webhook, sentTimestamp));
      assertThat(GuidePythonVerifier.verifies(webhook, endpoint.secret())).isTrue();
    }
  }

  @Test
  void blocked_address_is_never_connected_to() {
    try (RunningService strictService =
            RunningService.start("WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.2/32");
        HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestEndpoint endpoint =
          strictService.createCompany().subscribe(receiver.url(), "customer.created");
      endpoint.company().publishCustomerCreated(1);

      JsonNode delivery = endpoint.awaitOnlyDelivery("permanently_failed");

      assertThat(delivery.path("attempts").valueStream())
          .extracting(attempt -> attempt.path("error").stringValue())
          .containsExactly(
              "blocked_address", "blocked_address", "blocked_address", "blocked_address");
      assertThat(receiver.connectionCount()).isZero();
    }
  }

  private static String standardSignature(
      TestEndpoint endpoint, ReceivedRequest webhook, String timestamp)
      throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(endpoint.secret().substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = webhook.deliveryId() + "." + timestamp + "." + webhook.bodyText();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
