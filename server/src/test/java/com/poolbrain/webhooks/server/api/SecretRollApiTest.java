package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Rolling the secret of an endpoint, as the consumer sees it.
@Tag("slow")
class SecretRollApiTest extends CompanyWithReceiverFixture {

  private TestEndpoint endpoint;
  private int lastCustomer;

  SecretRollApiTest(ServiceClient api) {
    super(api);
  }

  @BeforeEach
  void subscribe() {
    endpoint = company.subscribe(receiver.url(), "customer.created");
  }

  private ApiResponse post(String call, String body) {
    return api.post(endpoint.path() + "/secret" + call, body);
  }

  private String roll() {
    return post("/roll", "").expect(200).path("next").stringValue();
  }

  private JsonNode secrets() {
    return api.get(endpoint.path() + "/secret").expect(200);
  }

  private ReceivedRequest deliver() throws InterruptedException {
    company.publishCustomerCreated(++lastCustomer);
    return receiver.awaitNext();
  }

  private static void assertSignature(ReceivedRequest webhook, String header, String secret) {
    assertThat(webhook.header(header))
        .isEqualTo(new Signer(Secret.parse(secret)).sign(webhook.body()));
  }

  /// A consumer that accepts a match in any of the three headers, with the one secret that it has.
  private static boolean anyHeaderMatches(ReceivedRequest webhook, String secret) {
    String expected = new Signer(Secret.parse(secret)).sign(webhook.body());
    return webhook.headers().stream()
        .filter(header -> header.getKey().startsWith("X-Webhook-Signature"))
        .anyMatch(header -> header.getValue().equals(expected));
  }

  @Test
  void consumer_that_reads_all_signatures_may_switch_at_any_time_of_a_roll() throws Exception {
    String old = endpoint.secret();
    String next = roll();
    assertThat(next).matches("whsec_[A-Za-z0-9+/]{43}=").isNotEqualTo(old);
    ReceivedRequest rolled = deliver();

    JsonNode activated = post("/activate", "").expect(200);
    ReceivedRequest overlapping = deliver();

    assertSignature(rolled, "X-Webhook-Signature", old);
    assertSignature(rolled, "X-Webhook-Signature-Next", next);
    assertSignature(overlapping, "X-Webhook-Signature", next);
    assertSignature(overlapping, "X-Webhook-Signature-Previous", old);
    for (ReceivedRequest webhook : List.of(rolled, overlapping)) {
      assertThat(anyHeaderMatches(webhook, old)).isTrue();
      assertThat(anyHeaderMatches(webhook, next)).isTrue();
    }
    assertThat(secrets().path("previous_expires_at"))
        .isEqualTo(activated.path("previous_expires_at"));

    assertThat(post("/revoke-previous", "").status()).isEqualTo(204);
    ReceivedRequest afterwards = deliver();
    assertThat(anyHeaderMatches(afterwards, old)).isFalse();
    assertThat(afterwards.headerNames())
        .doesNotContain("X-Webhook-Signature-Next", "X-Webhook-Signature-Previous");
    assertThat(secrets().propertyNames()).containsExactly("secret");
  }

  @Test
  void retry_is_signed_with_the_secret_that_is_active_then() throws Exception {
    String next = roll();
    receiver.respondWith(500, 200);
    ReceivedRequest first = deliver();
    post("/activate", "{\"overlap_seconds\": 0}").expect(200);

    String delivery = endpoint.awaitDeliveries(1, "retrying").getFirst().path("id").stringValue();
    endpoint.redeliver(delivery).expect(202);
    ReceivedRequest second = receiver.awaitNext();

    assertThat(second.body()).isEqualTo(first.body());
    assertSignature(first, "X-Webhook-Signature", endpoint.secret());
    assertSignature(second, "X-Webhook-Signature", next);
    assertThat(second.headerNames()).doesNotContain("X-Webhook-Signature-Previous");
  }

  @Test
  void cancelled_roll_leaves_the_active_secret() throws Exception {
    roll();
    assertThat(post("/cancel-roll", "").status()).isEqualTo(204);

    ReceivedRequest webhook = deliver();

    assertSignature(webhook, "X-Webhook-Signature", endpoint.secret());
    assertThat(webhook.headerNames()).doesNotContain("X-Webhook-Signature-Next");
  }

  @Test
  void own_secret_becomes_the_next_one() {
    post("/roll", "{\"secret\": \"correct-horse-battery\"}").expect(200);
    assertThat(secrets().path("next").stringValue()).isEqualTo("correct-horse-battery");
  }

  @Test
  void step_out_of_order_is_refused_with_advice_and_changes_nothing() {
    assertThat(post("/activate", "").expect(409).path("detail").stringValue()).contains("/roll");
    assertThat(post("/cancel-roll", "").status()).isEqualTo(409);
    assertThat(post("/revoke-previous", "").status()).isEqualTo(409);
    String next = roll();
    assertThat(post("/roll", "").expect(409).path("detail").stringValue())
        .contains("/activate", "/cancel-roll");
    assertThat(secrets().path("next").stringValue()).isEqualTo(next);
    post("/activate", "").expect(200);
    assertThat(post("/roll", "").expect(409).path("detail").stringValue())
        .contains("/revoke-previous");
    assertThat(post("/roll", "{\"secret\": \"" + next + "\"}").status()).isEqualTo(409);
    ApiResponse patched = api.patch(endpoint.path(), "{\"secret\": \"another-secret-of-mine\"}");
    assertThat(patched.expect(409).path("detail").stringValue()).contains("/roll");
    assertThat(secrets().path("secret").stringValue()).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/roll {\"secret\": \"too short\"}",
        "/roll {\"secret\": \"0000000000000000\"}",
        "/roll {\"secrets\": \"correct-horse-battery\"}",
        "/activate {\"overlap_seconds\": -1}",
        "/activate {\"overlap_seconds\": 604801}",
        "/activate {\"overlap_seconds\": \"1h\"}",
        "/cancel-roll {\"force\": true}",
      })
  void invalid_input_is_refused(String call) {
    roll();
    String[] parts = call.split(" ", 2);
    assertThat(post(parts[0], parts[1]).status()).isEqualTo(422);
    assertThat(secrets().has("next")).isTrue();
  }

  @Test
  void endpoint_with_standard_webhooks_needs_a_next_secret_of_that_form() {
    endpoint.patch("{\"standard_webhooks\": true}");
    assertThat(post("/roll", "{\"secret\": \"correct-horse-battery\"}").pointer())
        .isEqualTo("/secret");
    assertThat(roll()).startsWith("whsec_");
  }

  @Test
  void every_step_is_in_the_audit_without_the_secret() {
    String next = roll();
    post("/cancel-roll", "");
    roll();
    post("/activate", "").expect(200);
    post("/revoke-previous", "");
    api.delete(endpoint.path());

    JsonNode audit = api.get("/audit?company_id=" + company.id()).expect(200).path("data");
    assertThat(audit.findValuesAsString("action"))
        .startsWith(
            "endpoint.deleted",
            "secret.previous_revoked",
            "secret.activated",
            "secret.rolled",
            "secret.roll_cancelled",
            "secret.rolled",
            "endpoint.created");
    assertThat(audit.toString()).doesNotContain(next, endpoint.secret());
  }
}
