package com.poolbrain.webhooks.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.manage.Api.Answer;
import com.poolbrain.webhooks.server.manage.Consumer.Received;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A single delivery over HTTP.
class DeliveriesApiTest extends CompanyWithConsumer {

  @Test
  void aDeliveryShowsExactlyWhatArrived() {
    String endpoint = api.endpoint(company, consumer.url("/hooks"), "customer.created");
    String event = publishCustomer(7);
    Received arrived = consumer.next();

    JsonNode delivery = untilStatus(onlyDelivery(), "delivered");

    assertThat(delivery.path("event_id").asString()).isEqualTo(event);
    assertThat(delivery.path("endpoint_id").asString()).isEqualTo(endpoint);
    assertThat(delivery.path("event").asString()).isEqualTo("customer.created");
    assertThat(delivery.path("items").asInt()).isEqualTo(1);
    assertThat(delivery.path("attempt_count").asInt()).isEqualTo(1);
    assertThat(delivery.path("occurred_at").asString()).isEqualTo("2026-02-13T06:42:24.705000Z");
    assertThat(delivery.at("/attempts/0/number").asInt()).isEqualTo(1);
    assertThat(delivery.at("/attempts/0/trigger").asString()).isEqualTo("automatic");
    assertThat(delivery.at("/attempts/0/status_code").asInt()).isEqualTo(200);
    assertThat(delivery.at("/attempts/0/response_body").asString()).isEqualTo("answered 200");
    assertThat(delivery.at("/attempts/0/error").isMissingNode()).isTrue();
    assertThat(delivery.at("/request/url").asString()).isEqualTo(consumer.url("/hooks"));
    assertThat(delivery.at("/request/body").asString()).isEqualTo(arrived.body());
    delivery
        .at("/request/headers")
        .propertyStream()
        .forEach(header ->
            assertThat(arrived.headers().getFirst(header.getKey()))
                .as(header.getKey())
                .isEqualTo(header.getValue().asString()));
    assertThat(delivery.at("/request/headers").propertyNames())
        .contains("X-Webhook-Signature", "X-Webhook-Event-Id", "X-Webhook-Attempt");
    assertThat(api.get(company + "/endpoints/" + endpoint).body().path("status").asString())
        .isEqualTo("healthy");
  }

  @Test
  void aFailedOneWaitsForItsRetryAndIsSentAgainByHand() {
    String endpoint = api.endpoint(company, consumer.url("/hooks"), "customer.created");
    consumer.answers(500);
    publishCustomer(7);
    Received first = consumer.next();

    String id = onlyDelivery();
    JsonNode waiting = untilStatus(id, "retrying");
    assertThat(waiting.path("next_attempt_at").asString()).matches("2.*\\.\\d{6}Z");
    assertThat(waiting.at("/attempts/0/error").asString()).isEqualTo("server_error");
    assertThat(waiting.at("/request/headers/X-Webhook-Attempt").asString()).isEqualTo("2");
    assertThat(api.get(company + "/endpoints/" + endpoint).body().path("status").asString())
        .isEqualTo("failing");

    consumer.answers(202);
    Answer started = api.post(company + "/deliveries/" + id + "/redeliver", "");
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.body().path("id").asString()).isEqualTo(id);
    Received second = consumer.next();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().getFirst("X-Webhook-Attempt")).isEqualTo("2");

    JsonNode delivered = untilStatus(id, "delivered");
    assertThat(delivered.path("attempts").findValuesAsString("trigger"))
        .containsExactly("automatic", "manual");
    assertThat(delivered.has("next_attempt_at")).isFalse();
    assertThat(delivered.at("/request/headers/X-Webhook-Attempt").asString()).isEqualTo("2");
  }

  @Test
  void aWaitingOneIsCancelledAndAnEndedOneIsNot() {
    api.endpoint(company, consumer.url("/hooks"), "customer.created");
    consumer.answers(500);
    publishCustomer(7);
    String id = onlyDelivery();
    untilStatus(id, "retrying");

    Answer cancelled = api.post(company + "/deliveries/" + id + "/cancel", "");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asString()).isEqualTo("skipped");
    assertThat(cancelled.body().path("skip_reason").asString()).isEqualTo("cancelled");

    Answer again = api.post(company + "/deliveries/" + id + "/cancel", "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.detail()).contains("ended");
    String unknown = company + "/deliveries/" + UUID.randomUUID();
    assertThat(api.post(unknown + "/cancel", "").status()).isEqualTo(404);
    assertThat(api.post(unknown + "/redeliver", "").status()).isEqualTo(404);
    assertThat(api.get(unknown).status()).isEqualTo(404);
    String foreign = api.company(39) + "/deliveries/" + id;
    assertThat(api.get(foreign).status()).isEqualTo(404);
    assertThat(api.post(foreign + "/redeliver", "").status()).isEqualTo(404);
  }

  @Test
  void whatIsOffOrDeletedIsNotSentToAndTheAnswerSaysWhatToSwitchOn() {
    String endpoint = api.endpoint(company, consumer.url("/hooks"), "customer.created");
    publishCustomer(7);
    String delivery = company + "/deliveries/" + onlyDelivery();
    untilStatus(delivery.substring(delivery.lastIndexOf('/') + 1), "delivered");
    String test = company + "/endpoints/" + endpoint + "/test";

    api.patch(company, "{\"webhooks_enabled\": false}");
    for (String path : List.of(delivery + "/redeliver", test)) {
      Answer refused = api.post(path, "");
      assertThat(refused.status()).as(path).isEqualTo(409);
      assertThat(refused.detail()).contains("webhooks_enabled");
    }

    api.patch(company, "{\"webhooks_enabled\": true}");
    api.delete(company + "/endpoints/" + endpoint);
    for (String path : List.of(delivery + "/redeliver", test)) {
      Answer refused = api.post(path, "");
      assertThat(refused.status()).as(path).isEqualTo(409);
      assertThat(refused.detail()).contains("deleted");
    }
    assertThat(api.get(delivery).body().path("status").asString()).isEqualTo("delivered");
  }
}
