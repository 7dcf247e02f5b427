package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.api.LoopbackConsumer.ReceivedRequest;
import com.poolbrain.webhooks.server.api.TestApi.ApiResponse;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Sends to try an endpoint, over HTTP.
@Tag("slow")
class TestSendApiTest extends CompanyWithConsumerFixture {

  @Test
  void test_is_sent_at_once_and_returns_its_attempt() {
    String endpoint =
        company + "/endpoints/" + api.createEndpoint(company, consumer.url("/t"), "job.created");
    ApiResponse ping = api.post(endpoint + "/test", "");
    ReceivedRequest arrived = consumer.awaitRequest();

    assertThat(ping.status()).isEqualTo(200);
    assertThat(arrived.headers().getFirst("X-Webhook-Test")).isEqualTo("true");
    assertThat(arrived.body()).contains(ping.body().path("delivery_id").asString());
    assertThat(arrived.body()).contains("\"event\":\"webhook.ping\"");
    assertThat(ping.body().at("/attempt/number").asInt()).isEqualTo(1);
    assertThat(ping.body().at("/attempt/trigger").asString()).isEqualTo("test");
    assertThat(ping.body().at("/attempt/status_code").asInt()).isEqualTo(200);

    consumer.respondWith(503);
    ApiResponse customTest =
        api.post(
            endpoint + "/test",
            "{\"event\": \"Customer.Created\", \"data\": {\"customerId\": 9007199254740993, \"displayName\": \"Ä\"}}");
    assertThat(consumer.awaitRequest().body())
        .endsWith("\"data\":{\"customerId\":9007199254740993,\"displayName\":\"\\u00c4\"}}");
    assertThat(customTest.body().at("/attempt/error").asString()).isEqualTo("server_error");
    assertThat(customTest.body().at("/attempt/response_body").asString()).isEqualTo("answered 503");
    assertThat(api.get(endpoint).body().path("status").asString())
        .as("tests are outside health")
        .isEqualTo("never_delivered");

    String id = customTest.body().path("delivery_id").asString();
    JsonNode logged = api.get(company + "/deliveries/" + id).body();
    assertThat(logged.path("status").asString()).isEqualTo("permanently_failed");
    assertThat(logged.path("test").asBoolean()).isTrue();
  }

  @Test
  void paused_endpoint_can_be_tested() {
    String endpoint =
        company + "/endpoints/" + api.createEndpoint(company, consumer.url("/t"), "job.created");
    api.patch(endpoint, "{\"paused\": true}");

    assertThat(api.post(endpoint + "/test", "{}").status()).isEqualTo(200);
  }

  @Test
  void invalid_test_request_is_rejected() {
    String test =
        company
            + "/endpoints/"
            + api.createEndpoint(company, consumer.url("/t"), "job.created")
            + "/test";

    assertThat(api.post(test, "{\"event\": \"job.craeted\"}").pointer()).isEqualTo("/event");
    ApiResponse wrong =
        api.post(test, "{\"event\": \"customer.created\", \"data\": {\"customerId\": \"7\"}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().path("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/data/customerId", "/data/displayName");
    assertThat(api.post(test, "{\"data\": []}").pointer()).isEqualTo("/data");
    assertThat(api.post(test, "{\"evnt\": \"job.created\"}").detail())
        .contains("Did you mean 'event'?");
    assertThat(api.post(company + "/endpoints/" + UUID.randomUUID() + "/test", "").status())
        .isEqualTo(404);
  }
}
