package com.poolbrain.webhooks.engine;

import static com.poolbrain.webhooks.engine.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.Tuning;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningTest {

  private static final String ACTIVE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private final Endpoint endpoint = Given.endpoint(1, 40, "customer.status.updated");

  @Test
  void a_request_is_what_the_contract_says_to_the_byte() {
    Request request = sign(endpoint, Given.claim(5, endpoint), NOW);
    assertThat(new String(request.body(), StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"id\":\""
                + Given.id(5)
                + "\",\"event\":\"customer.status.updated\",\"company_id\":40,"
                + "\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":{\"customerId\":7}}");
    assertThat(headers(request))
        .containsExactly(
            Map.entry("Content-Type", "application/json"),
            Map.entry("X-Webhook-Signature", signature(ACTIVE, request)),
            Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"),
            Map.entry("Accept-Encoding", "identity"),
            Map.entry("X-Webhook-Event", "customer.status.updated"),
            Map.entry("X-Webhook-Event-Id", Given.id(1_000_005).toString()),
            Map.entry("X-Webhook-Attempt", "1"));
    assertThat(request.url()).isEqualTo(endpoint.url());
  }

  @Test
  void a_test_send_says_so_and_a_retry_bears_its_number() {
    Claim claim = Given.claim(5, endpoint);
    Claim test =
        new Claim(
            claim.id(), claim.event(), claim.endpointId(), claim.name(), Trigger.TEST, 0, 2, NOW);
    assertThat(headers(sign(endpoint, test, NOW)))
        .containsEntry("X-Webhook-Test", "true")
        .containsEntry("X-Webhook-Attempt", "3");
  }

  @Test
  void while_a_secret_rolls_the_other_signature_stands_beside_the_active_one() {
    Endpoint before = Given.with(endpoint, new Secrets(ACTIVE, OTHER, null, null), Tuning.DEFAULT);
    Request request = sign(before, Given.claim(5, before), NOW);
    assertThat(headers(request))
        .containsEntry("X-Webhook-Signature", signature(ACTIVE, request))
        .containsEntry("X-Webhook-Signature-Next", signature(OTHER, request))
        .doesNotContainKey("X-Webhook-Signature-Previous");
  }

  @Test
  void the_previous_secret_signs_along_until_its_overlap_ends() {
    Secrets rolled = new Secrets(ACTIVE, null, OTHER, NOW.plusSeconds(1));
    Endpoint after = Given.with(endpoint, rolled, Tuning.DEFAULT);
    Request request = sign(after, Given.claim(5, after), NOW);
    assertThat(headers(request))
        .containsEntry("X-Webhook-Signature-Previous", signature(OTHER, request));
    assertThat(headers(sign(after, Given.claim(5, after), NOW.plusSeconds(1))))
        .doesNotContainKey("X-Webhook-Signature-Previous");
  }

  @Test
  void standard_webhooks_headers_come_on_request_with_the_time_of_this_attempt() {
    Endpoint standard =
        Given.with(
            endpoint, new Secrets(ACTIVE, OTHER, null, null), new Tuning(null, null, null, true));
    Request request = sign(standard, Given.claim(5, standard), NOW);
    long seconds = NOW.getEpochSecond();
    String id = Given.id(5).toString();
    String first = new Signer(Secret.parse(ACTIVE)).signStandard(id, seconds, request.body());
    String second = new Signer(Secret.parse(OTHER)).signStandard(id, seconds, request.body());
    assertThat(headers(request))
        .containsEntry("webhook-id", id)
        .containsEntry("webhook-timestamp", Long.toString(seconds))
        .containsEntry("webhook-signature", first + " " + second);
  }

  private static Request sign(Endpoint endpoint, Claim claim, Instant now) {
    return new Signing(endpoint).sign(claim, now, Duration.ofSeconds(10));
  }

  private static String signature(String secret, Request request) {
    return new Signer(Secret.parse(secret)).sign(request.body());
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    return headers;
  }
}
