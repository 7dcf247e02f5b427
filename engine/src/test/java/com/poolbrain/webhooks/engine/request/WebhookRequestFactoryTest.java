package com.poolbrain.webhooks.engine.request;

import static com.poolbrain.webhooks.engine.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Fixtures;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookRequestFactoryTest {

  private static final String ACTIVE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private final Endpoint endpoint = Fixtures.endpoint(1, 40, "customer.status.updated");

  @Test
  void request_matches_the_wire_contract_byte_for_byte() {
    WebhookRequest webhookRequest = sign(endpoint, Fixtures.claim(5, endpoint), NOW);
    assertThat(new String(webhookRequest.body(), StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"id\":\""
                + Fixtures.id(5)
                + "\",\"event\":\"customer.status.updated\",\"company_id\":40,"
                + "\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":{\"customerId\":7}}");
    assertThat(headers(webhookRequest))
        .containsExactly(
            Map.entry("Content-Type", "application/json"),
            Map.entry("X-Webhook-Signature", signature(ACTIVE, webhookRequest)),
            Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"),
            Map.entry("Accept-Encoding", "identity"),
            Map.entry("X-Webhook-Event", "customer.status.updated"),
            Map.entry("X-Webhook-Event-Id", Fixtures.id(1_000_005).toString()),
            Map.entry("X-Webhook-Attempt", "1"));
    assertThat(webhookRequest.url()).isEqualTo(endpoint.url());
  }

  @Test
  void test_header_and_attempt_number_are_sent() {
    Claim claim = Fixtures.claim(5, endpoint);
    Claim test =
        new Claim(
            claim.id(),
            claim.event(),
            claim.endpointId(),
            claim.eventName(),
            Trigger.TEST,
            0,
            2,
            NOW);
    assertThat(headers(sign(endpoint, test, NOW)))
        .containsEntry("X-Webhook-Test", "true")
        .containsEntry("X-Webhook-Attempt", "3");
  }

  @Test
  void next_secret_signs_beside_the_active_one_during_a_roll() {
    Endpoint before = endpoint.withSecrets(new SigningSecrets(ACTIVE, OTHER, null, null));
    WebhookRequest webhookRequest = sign(before, Fixtures.claim(5, before), NOW);
    assertThat(headers(webhookRequest))
        .containsEntry("X-Webhook-Signature", signature(ACTIVE, webhookRequest))
        .containsEntry("X-Webhook-Signature-Next", signature(OTHER, webhookRequest))
        .doesNotContainKey("X-Webhook-Signature-Previous");
  }

  @Test
  void previous_secret_signs_until_its_overlap_ends() {
    SigningSecrets rolled = new SigningSecrets(ACTIVE, null, OTHER, NOW.plusSeconds(1));
    Endpoint after = endpoint.withSecrets(rolled);
    WebhookRequest webhookRequest = sign(after, Fixtures.claim(5, after), NOW);
    assertThat(headers(webhookRequest))
        .containsEntry("X-Webhook-Signature-Previous", signature(OTHER, webhookRequest));
    assertThat(headers(sign(after, Fixtures.claim(5, after), NOW.plusSeconds(1))))
        .doesNotContainKey("X-Webhook-Signature-Previous");
  }

  @Test
  void standard_webhooks_headers_carry_the_time_of_the_attempt() {
    Endpoint standard =
        endpoint
            .withSecrets(new SigningSecrets(ACTIVE, OTHER, null, null))
            .withDeliveryOptions(new DeliveryOptions(null, null, null, true, false));
    WebhookRequest webhookRequest = sign(standard, Fixtures.claim(5, standard), NOW);
    long seconds = NOW.getEpochSecond();
    String id = Fixtures.id(5).toString();
    String first =
        new Signer(Secret.parse(ACTIVE)).signStandardWebhooks(id, seconds, webhookRequest.body());
    String second =
        new Signer(Secret.parse(OTHER)).signStandardWebhooks(id, seconds, webhookRequest.body());
    assertThat(headers(webhookRequest))
        .containsEntry("webhook-id", id)
        .containsEntry("webhook-timestamp", Long.toString(seconds))
        .containsEntry("webhook-signature", first + " " + second);
  }

  @Test
  void trace_context_is_sent_only_if_asked_for_and_names_the_event_and_the_attempt() {
    Endpoint traced =
        endpoint.withDeliveryOptions(new DeliveryOptions(null, null, null, false, true));
    Claim first = Fixtures.claim(5, traced);
    String event = first.event().id().toString().replace("-", "");

    String traceParent = headers(sign(traced, first, NOW)).get("traceparent");

    assertThat(traceParent).matches("00-" + event + "-(?!0{16})[0-9a-f]{16}-01");
    assertThat(headers(sign(endpoint, first, NOW))).doesNotContainKey("traceparent");
  }

  private static WebhookRequest sign(Endpoint endpoint, Claim claim, Instant now) {
    return new WebhookRequestFactory(endpoint).create(claim, now, Duration.ofSeconds(10));
  }

  private static String signature(String secret, WebhookRequest webhookRequest) {
    return new Signer(Secret.parse(secret)).sign(webhookRequest.body());
  }

  private static Map<String, String> headers(WebhookRequest webhookRequest) {
    Map<String, String> headers = new LinkedHashMap<>();
    webhookRequest.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    return headers;
  }
}
