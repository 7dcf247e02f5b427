package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.EndpointBehavior;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A single delivery over HTTP.
@Tag("slow")
class DeliveriesApiTest extends CompanyWithReceiverFixture {

  DeliveriesApiTest(ServiceClient api) {
    super(api);
  }

  private JsonNode awaitStatus(TestEndpoint endpoint, String status) {
    return Await.until(
        "status " + status,
        () -> api.get(endpoint.path()).json(),
        shown -> shown.path("status").asString().equals(status));
  }

  @Test
  void delivery_shows_the_request_that_was_received() throws Exception {
    TestEndpoint endpoint = company.subscribe(receiver.url("/hooks"), "customer.created");
    String event = publishCustomer(7);
    ReceivedRequest arrived = receiver.awaitNext();

    JsonNode delivery = company.awaitDelivery(awaitOnlyDelivery(), "delivered");

    assertThat(delivery.path("event_id").asString()).isEqualTo(event);
    assertThat(delivery.path("endpoint_id").asString()).isEqualTo(endpoint.id());
    assertThat(delivery.path("event").asString()).isEqualTo("customer.created");
    assertThat(delivery.path("items").asInt()).isEqualTo(1);
    assertThat(delivery.path("attempt_count").asInt()).isEqualTo(1);
    assertThat(delivery.path("occurred_at").asString()).isEqualTo("2026-02-13T06:42:24.705000Z");
    assertThat(delivery.at("/attempts/0/number").asInt()).isEqualTo(1);
    assertThat(delivery.at("/attempts/0/trigger").asString()).isEqualTo("automatic");
    assertThat(delivery.at("/attempts/0/status_code").asInt()).isEqualTo(200);
    assertThat(delivery.at("/attempts/0/response_body").asString()).isEqualTo("answered 200");
    assertThat(delivery.at("/attempts/0/url").asString())
        .isEqualTo(receiver.url("/hooks").toString());
    assertThat(delivery.at("/attempts/0").propertyNames())
        .as("nothing else is stored of a delivered attempt")
        .containsExactlyInAnyOrder(
            "number",
            "trigger",
            "started_at",
            "duration_ms",
            "url",
            "status_code",
            "response_body");
    assertThat(delivery.at("/request/url").asString()).isEqualTo(receiver.url("/hooks").toString());
    assertThat(delivery.at("/request/body").asString()).isEqualTo(arrived.bodyText());
    delivery
        .at("/request/headers")
        .propertyStream()
        .forEach(header ->
            assertThat(arrived.header(header.getKey()))
                .as(header.getKey())
                .isEqualTo(header.getValue().asString()));
    assertThat(delivery.at("/request/headers").propertyNames())
        .contains("X-Webhook-Signature", "X-Webhook-Event-Id", "X-Webhook-Attempt");
    JsonNode healthy = awaitStatus(endpoint, "healthy");
    assertThat(healthy.path("status_since").asString())
        .as("the end of the attempt")
        .isEqualTo(healthy.path("last_delivery_at").asString())
        .isGreaterThan(delivery.at("/attempts/0/started_at").asString());
  }

  @Test
  void failed_delivery_waits_for_its_retry_and_can_be_redelivered() throws Exception {
    TestEndpoint endpoint = company.subscribe(receiver.url("/hooks"), "customer.created");
    receiver.respondWith(500);
    publishCustomer(7);
    ReceivedRequest first = receiver.awaitNext();

    String id = awaitOnlyDelivery();
    JsonNode waiting = company.awaitDelivery(id, "retrying");
    assertThat(waiting.path("next_attempt_at").asString()).matches("2.*\\.\\d{6}Z");
    assertThat(waiting.at("/attempts/0/error").asString()).isEqualTo("server_error");
    assertThat(waiting.at("/request/headers/X-Webhook-Attempt").asString()).isEqualTo("2");
    assertThat(awaitStatus(endpoint, "failing").has("last_delivery_at")).isFalse();

    receiver.respondWith(202);
    ApiResponse started = api.post(company.path() + "/deliveries/" + id + "/redeliver", "");
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.json().path("id").asString()).isEqualTo(id);
    ReceivedRequest second = receiver.awaitNext();
    assertThat(second.bodyText()).isEqualTo(first.bodyText());
    assertThat(second.header("X-Webhook-Attempt")).isEqualTo("2");

    JsonNode delivered = company.awaitDelivery(id, "delivered");
    assertThat(delivered.path("attempts").findValuesAsString("trigger"))
        .containsExactly("automatic", "manual");
    assertThat(delivered.has("next_attempt_at")).isFalse();
    assertThat(delivered.at("/request/headers/X-Webhook-Attempt").asString()).isEqualTo("2");
  }

  @Test
  void attempt_says_where_it_went_and_where_a_redirect_pointed() {
    try (HttpsReceiver redirecting =
        HttpsReceiver.scripted(
            new EndpointBehavior.Responds(
                301, "Server: nginx\r\nLocation: ../moved?a=b\r\n", "gone there"))) {
      TestEndpoint endpoint = company.subscribe(redirecting.url("/old/hooks"), "customer.created");
      publishCustomer(7);
      String id = awaitOnlyDelivery();
      company.awaitDelivery(id, "retrying");
      api.patch(endpoint.path(), "{\"url\": \"%s\"}".formatted(receiver.url("/new")));
      api.post(company.path() + "/deliveries/" + id + "/redeliver", "");

      JsonNode delivered = company.awaitDelivery(id, "delivered");

      JsonNode first = delivered.at("/attempts/0");
      assertThat(first.path("url").asString()).isEqualTo(redirecting.url("/old/hooks").toString());
      assertThat(first.path("error").asString()).isEqualTo("redirect");
      assertThat(first.path("location").asString())
          .isEqualTo(redirecting.url("/moved?a=b").toString());
      assertThat(first.at("/response_headers/Server").asString()).isEqualTo("nginx");
      assertThat(first.path("response_bytes").asInt()).isEqualTo("gone there".length());
      assertThat(first.path("address").asString()).isEqualTo("127.0.0.1");
      assertThat(first.path("planned_at").asString()).matches("2.*\\.\\d{6}Z");
      assertThat(first.has("actor")).isFalse();
      JsonNode second = delivered.at("/attempts/1");
      assertThat(second.path("url").asString()).isEqualTo(receiver.url("/new").toString());
      assertThat(second.path("actor").asString()).startsWith("key:");
      assertThat(second.has("location") || second.has("planned_at")).isFalse();
    }
  }

  @Test
  void cancel_of_a_retrying_delivery_succeeds_and_of_an_ended_one_is_refused() {
    company.subscribe(receiver.url("/hooks"), "customer.created");
    receiver.respondWith(500);
    publishCustomer(7);
    String id = awaitOnlyDelivery();
    company.awaitDelivery(id, "retrying");

    ApiResponse cancelled = api.post(company.path() + "/deliveries/" + id + "/cancel", "");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().path("status").asString()).isEqualTo("skipped");
    assertThat(cancelled.json().path("skip_reason").asString()).isEqualTo("cancelled");

    ApiResponse secondCancel = api.post(company.path() + "/deliveries/" + id + "/cancel", "");
    assertThat(secondCancel.status()).isEqualTo(409);
    assertThat(secondCancel.detail()).contains("ended");
    String unknown = company.path() + "/deliveries/" + UUID.randomUUID();
    assertThat(api.post(unknown + "/cancel", "").status()).isEqualTo(404);
    assertThat(api.post(unknown + "/redeliver", "").status()).isEqualTo(404);
    assertThat(api.get(unknown).status()).isEqualTo(404);
    String foreignDelivery = TestCompany.create(api).path() + "/deliveries/" + id;
    assertThat(api.get(foreignDelivery).status()).isEqualTo(404);
    assertThat(api.post(foreignDelivery + "/redeliver", "").status()).isEqualTo(404);
  }

  @Test
  void redeliver_and_test_are_refused_while_webhooks_are_off_or_the_endpoint_is_deleted() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/hooks"), "customer.created");
    publishCustomer(7);
    String delivery = company.path() + "/deliveries/" + awaitOnlyDelivery();
    company.awaitDelivery(delivery.substring(delivery.lastIndexOf('/') + 1), "delivered");
    String test = endpoint.path() + "/test";

    company.setWebhooksEnabled(false);
    for (String path : List.of(delivery + "/redeliver", test)) {
      ApiResponse refused = api.post(path, "");
      assertThat(refused.status()).as(path).isEqualTo(409);
      assertThat(refused.detail()).contains("switch them on");
    }

    company.setWebhooksEnabled(true);
    api.delete(endpoint.path());
    for (String path : List.of(delivery + "/redeliver", test)) {
      ApiResponse refused = api.post(path, "");
      assertThat(refused.status()).as(path).isEqualTo(409);
      assertThat(refused.detail()).contains("deleted");
    }
    assertThat(api.get(delivery).json().path("status").asString()).isEqualTo("delivered");
  }
}
