package com.poolbrain.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Publish to delivery through the whole service.
@ExtendWith(SharedApplicationExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class PublishToDeliveryTest {

  private final HttpsReceiver receiver = HttpsReceiver.answering(204);
  private final ServiceClient api;

  PublishToDeliveryTest(ServiceClient api) {
    this.api = api;
  }

  @BeforeAll
  void createEndpoint() {
    api.put("/companies/40", "{\"name\":\"Blue Pools\"}").expect(201);
    api.patch("/companies/40", "{\"webhooks_enabled\":true}").expect(200);
    String endpoint =
        "{\"url\":\"%s\",\"events\":[\"customer.created\"]}".formatted(receiver.url());
    api.post("/companies/40/endpoints", endpoint).expect(201);
  }

  @AfterAll
  void closeReceiver() {
    receiver.close();
  }

  private JsonNode publish(String events, int status) {
    return api.publish(events).expect(status);
  }

  private String nextReceived() throws InterruptedException {
    return receiver.awaitNext().bodyText();
  }

  @Test
  void published_event_is_delivered_and_the_response_counts_its_deliveries() throws Exception {
    JsonNode answer =
        publish(
            "{\"company_id\":40,\"event\":\"Customer.Created\",\"timestamp\":\"2026-02-13T06:42:24Z\","
                + "\"data\":{\"customerId\":9007199254740993,\"displayName\":\"Zo\u00eb\"}}",
            202);
    JsonNode event = answer.get("events").get(0);
    assertThat(event.get("event").stringValue()).isEqualTo("customer.created");
    assertThat(event.get("deliveries").intValue()).isEqualTo(1);
    assertThat(event.get("ids").get(0)).isEqualTo(event.get("id"));
    assertThat(nextReceived())
        .contains(
            "\"event\":\"customer.created\",\"company_id\":40,\"timestamp\":\"2026-02-13T06:42:24.000000Z\","
                + "\"data\":{\"customerId\":9007199254740993,\"displayName\":\"Zo\\u00eb\"}}");
  }

  @Test
  void repeated_idempotency_key_returns_the_first_response_and_other_content_is_a_conflict()
      throws Exception {
    String first =
        "{\"company_id\":40,\"event\":\"customer.created\",\"idempotency_key\":\"a\","
            + "\"data\":{\"customerId\":1,\"displayName\":\"A\"}}";
    JsonNode answer = publish(first, 202);
    assertThat(publish(first.replace(":", " : "), 202)).isEqualTo(answer);
    assertThat(
            publish("[" + first.replace("\"A\"", "\"B\"") + "]", 409)
                .at("/errors/0/pointer")
                .stringValue())
        .isEqualTo("/0/idempotency_key");
    assertThat(nextReceived()).contains("\"displayName\":\"A\"");
    publish(first.replace("\"a\"", "\"next\"").replace("\"A\"", "\"next\""), 202);
    assertThat(nextReceived()).contains("next");
  }

  @Test
  void unknown_company_is_rejected_and_nothing_of_the_request_is_stored() throws Exception {
    String validEvent =
        "{\"company_id\":40,\"event\":\"customer.created\",\"data\":{\"customerId\":2,\"displayName\":\"rejected\"}}";
    JsonNode problem =
        publish("[" + validEvent + "," + validEvent.replace(":40", ":41") + "]", 422);
    assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("/1/company_id");
    publish(validEvent.replace("rejected", "next"), 202);
    assertThat(nextReceived()).contains("next");
  }
}
