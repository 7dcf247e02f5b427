package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.consumer.Verification.Malformed;
import com.poolbrain.webhooks.consumer.Verification.Mismatch;
import com.poolbrain.webhooks.consumer.Verification.Missing;
import com.poolbrain.webhooks.consumer.Verification.Stale;
import com.poolbrain.webhooks.consumer.Verification.Verified;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookVerifierTest {

  private static final String OTHER_SECRET = "whsec_oTheRsecreToTheRsecreToTheRsecreToTheRs=";
  private static final String NAME = "X-Webhook-Signature";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final WebhookVerifier verifier =
      WebhookVerifier.of(SignedRequest.SECRET).withClock(() -> NOW);
  private final SignedRequest request = SignedRequest.customerCreated();

  @Test
  void every_valid_vector_is_verified_and_no_other_body_or_secret() throws Exception {
    JsonNode vectors;
    try (InputStream file = getClass().getResourceAsStream("/vectors/signature.json")) {
      vectors = JsonMapper.shared().readTree(file);
    }
    int checked = 0;
    for (JsonNode vector : vectors.path("valid")) {
      byte[] body = Base64.getDecoder().decode(vector.path("body_base64").stringValue());
      Map<String, ?> headers = Map.of(NAME, vector.path("signature").stringValue());
      String secret = vector.path("secret").stringValue();

      assertThat(WebhookVerifier.of(secret).verify(body, RequestHeaders.of(headers)))
          .as(vector.path("name").stringValue())
          .isEqualTo(new Verified(NAME, 0));
      assertThat(WebhookVerifier.of(secret + "x").verify(body, RequestHeaders.of(headers)))
          .isInstanceOf(Mismatch.class);
      checked++;
    }
    assertThat(checked).isPositive();
  }

  @Test
  void a_changed_byte_of_the_body_is_a_mismatch() {
    byte[] changed = request.body().clone();
    changed[changed.length - 3] ^= 1;

    assertThat(verify(request.withBody(changed))).isInstanceOf(Mismatch.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {" %s ", "sha256=%s", "SHA256=%s", "sha256= %s", "%s, %s", "nonsense,%s"})
  void harmless_changes_of_the_header_are_accepted(String form) {
    String value = form.replace("%s", request.signature());

    assertThat(verify(request.with(NAME, value))).isInstanceOf(Verified.class);
    assertThat(verify(request.with(NAME, value.toUpperCase(Locale.ROOT))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void signatures_behind_the_eighth_value_are_not_looked_at() {
    String value = "0,".repeat(9) + request.signature();

    assertThat(verify(request.with(NAME, value))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Webhook-Signature-Next", "X-Webhook-Signature-Previous"})
  void a_signature_by_the_other_secret_of_a_roll_is_accepted(String header) {
    String wrong = new Signer(Secret.parse(OTHER_SECRET)).sign(request.body());

    assertThat(verify(request.with(NAME, wrong).with(header, request.signature())))
        .isEqualTo(new Verified(header, 0));
  }

  @Test
  void the_result_says_which_of_several_secrets_matched() {
    var both = WebhookVerifier.of(OTHER_SECRET, SignedRequest.SECRET);

    assertThat(both.verify(request.body(), RequestHeaders.of(request.headers())))
        .isEqualTo(new Verified(NAME, 1));
  }

  @Test
  void a_request_without_signature_is_missing_it() {
    assertThat(verifier.verify(request.body(), name -> null)).isInstanceOf(Missing.class);
    assertThat(verify(request.with(NAME, " "))).isInstanceOf(Missing.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=", "é"})
  void a_value_that_is_no_signature_is_malformed(String value) {
    assertThat(verify(request.with(NAME, value)))
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.message()).isNotBlank());
  }

  @Test
  void a_body_that_is_not_json_is_verified_when_it_is_signed() {
    assertThat(verify(SignedRequest.of("no json".getBytes(StandardCharsets.US_ASCII))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void standard_webhooks_headers_are_accepted_alone() {
    assertThat(verify(standardWebhooks(NOW))).isEqualTo(new Verified("webhook-signature", 0));
  }

  @Test
  void standard_webhooks_headers_of_another_time_are_stale() {
    assertThat(verify(standardWebhooks(NOW.minusSeconds(301)))).isInstanceOf(Stale.class);
    assertThat(verify(standardWebhooks(NOW.plusSeconds(301)))).isInstanceOf(Stale.class);
  }

  @Test
  void standard_webhooks_headers_with_a_changed_body_are_a_mismatch() {
    assertThat(verify(standardWebhooks(NOW).withBody(new byte[] {'{', '}'})))
        .isInstanceOf(Mismatch.class);
  }

  @Test
  void a_verifier_that_requires_the_time_refuses_the_plain_signature() {
    WebhookVerifier strict = verifier.requiringTimestamp();
    SignedRequest old = standardWebhooks(NOW.minusSeconds(301)).with(NAME, request.signature());

    assertThat(strict.verify(request.body(), RequestHeaders.of(request.headers())))
        .isEqualTo(new Missing("webhook-signature"));
    assertThat(strict.verify(old.body(), RequestHeaders.of(old.headers())))
        .isInstanceOf(Stale.class);
    SignedRequest fresh = standardWebhooks(NOW);
    assertThat(strict.verify(fresh.body(), RequestHeaders.of(fresh.headers())))
        .isInstanceOf(Verified.class);
  }

  @Test
  void a_secret_with_white_space_or_none_is_refused_without_showing_it() {
    for (String wrong : List.of(SignedRequest.SECRET + "\n", " ", "")) {
      assertThatThrownBy(() -> WebhookVerifier.of(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining(SignedRequest.SECRET);
    }
    assertThatThrownBy(() -> WebhookVerifier.of((String) null))
        .hasMessageContaining("environment variable");
    assertThatThrownBy(WebhookVerifier::of).isInstanceOf(IllegalArgumentException.class);
    assertThat(verifier.toString()).doesNotContain(SignedRequest.SECRET);
  }

  private Verification verify(SignedRequest signed) {
    return verifier.verify(signed.body(), RequestHeaders.of(signed.headers()));
  }

  private SignedRequest standardWebhooks(Instant sentAt) {
    String id = "0199-example";
    long seconds = sentAt.getEpochSecond();
    String signature =
        new Signer(Secret.parse(SignedRequest.SECRET))
            .signStandardWebhooks(id, seconds, request.body());
    return new SignedRequest(
        request.body(),
        Map.of(
            "webhook-id", id,
            "webhook-timestamp", Long.toString(seconds),
            "webhook-signature", signature));
  }
}
