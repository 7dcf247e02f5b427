package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The erasure of the content about a customer, over HTTP.
@Tag("slow")
class ErasureApiTest extends CompanyWithReceiverFixture {

  /// Nothing listens there, so a delivery waits for its retry.
  private static final URI CLOSED = URI.create("https://127.0.0.1:1/");

  ErasureApiTest(ServiceClient api) {
    super(api);
  }

  private JsonNode erase(String customerId) {
    return api.post(company.path() + "/erase", "{\"customer_id\": %s}".formatted(customerId))
        .expect(202);
  }

  private JsonNode awaitDone(JsonNode started) {
    String job = started.path("job_id").asString();
    return Await.until(
        "job " + job + " is done",
        () -> api.get("/jobs/" + job).expect(200),
        found -> found.path("status").asString().equals("done"));
  }

  private String body(JsonNode delivery) {
    return company.getDelivery(delivery.path("id").asString()).at("/request/body").asString();
  }

  @Test
  void content_search_entries_and_answers_go_but_ids_states_and_times_stay() throws Exception {
    receiver.respondWith(500, 200);
    company.subscribe(receiver.url(), "customer.created");
    publishCustomer(7);
    String delivery = awaitOnlyDelivery();
    company.awaitDelivery(delivery, "retrying");
    api.post(company.path() + "/deliveries/" + delivery + "/redeliver", "").expect(202);
    JsonNode before = company.awaitDelivery(delivery, "delivered");
    assertThat(before.at("/attempts/0/response_body").isString()).isTrue();
    publishCustomer(8);
    awaitDeliveries(2, "status=delivered");

    JsonNode started = erase("7");

    assertThat(started.path("count").asInt()).isEqualTo(1);
    JsonNode job = awaitDone(started);
    assertThat(job.path("kind").asString()).isEqualTo("erase");
    assertThat(job.path("done").asInt()).isEqualTo(1);
    JsonNode after = company.getDelivery(delivery);
    assertThat(after.path("erased_at").isString()).isTrue();
    assertThat(after.at("/request/body").asString()).endsWith("\"data\":null}");
    assertThat(after.at("/request/headers").propertyNames())
        .contains("X-Webhook-Event")
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("signature"));
    for (String field : new String[] {"id", "event_id", "status", "attempt_count", "occurred_at"}) {
      assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
    }
    assertThat(after.path("attempts").size()).isEqualTo(2);
    for (JsonNode attempt : after.path("attempts")) {
      assertThat(attempt.propertyNames())
          .contains("started_at", "status_code")
          .doesNotContain("response_body", "response_headers", "detail");
    }
    assertThat(company.listDeliveries("q=7")).isEmpty();
    assertThat(company.listDeliveries("q=8")).hasSize(1);
    assertThat(body(company.listDeliveries("q=8").getFirst())).contains("\"customerId\":8");
    ApiResponse redelivered =
        api.post(company.path() + "/deliveries/" + delivery + "/redeliver", "");
    assertThat(redelivered.status()).isEqualTo(409);
    assertThat(redelivered.detail())
        .contains(
            "its content was erased on " + after.path("erased_at").asString().substring(0, 10));
  }

  @Test
  void in_a_group_only_the_item_of_the_customer_is_erased() {
    company.subscribe(receiver.url(), "customer.created");
    publish(
        "customer.created",
        "[{\"customerId\": 7, \"displayName\": \"Ann\"}, {\"customerId\": 77, \"displayName\": \"Bob\"}]");
    awaitDeliveries(1, "status=delivered");

    awaitDone(erase("\"7\""));

    JsonNode delivery = awaitDeliveries(1, "q=77").getFirst();
    assertThat(body(delivery))
        .endsWith("\"data\":[null,{\"customerId\":77,\"displayName\":\"Bob\"}]}");
    assertThat(company.listDeliveries("q=7")).isEmpty();
    awaitDone(erase("77"));
    assertThat(body(delivery)).endsWith("\"data\":[null,null]}");
  }

  @Test
  void same_value_of_another_field_is_not_erased() {
    company.subscribe(receiver.url(), "job.one_time.schedule.changed");
    publish(
        "job.one_time.schedule.changed",
        "{\"jobId\": 7, \"jobTitle\": \"t\", \"technicianName\": null, \"currentRouteName\": null}");
    awaitDeliveries(1, "status=delivered");

    JsonNode started = erase("7");

    assertThat(started.path("count").asInt()).isZero();
    awaitDone(started);
    assertThat(body(awaitDeliveries(1, "q=7").getFirst())).contains("\"jobId\":7");
  }

  @Test
  void open_deliveries_are_cancelled_first_and_later_events_are_not_concerned() {
    TestEndpoint closed = company.subscribe(CLOSED, "customer.created");
    publishCustomer(7);
    JsonNode retrying = closed.awaitDeliveries(1, "retrying").getFirst();

    JsonNode started = erase("7");
    company.subscribe(receiver.url(), "customer.created");
    publishCustomer(7);
    awaitDone(started);

    JsonNode cancelled = company.awaitDelivery(retrying.path("id").asString(), "skipped");
    assertThat(cancelled.path("skip_reason").asString()).isEqualTo("cancelled");
    assertThat(cancelled.at("/request/body").asString()).endsWith("\"data\":null}");
    JsonNode later = awaitDeliveries(1, "status=delivered").getFirst();
    assertThat(later.has("erased_at")).isFalse();
    assertThat(body(later)).contains("\"customerId\":7");
  }

  /// The queue of an endpoint with a rate of one in 1,000 s would hold them for hours.
  @Test
  void deliveries_that_wait_in_a_queue_are_cancelled_too() {
    company.createEndpoint(
        "{\"url\": \"%s\", \"events\": [\"customer.created\"], \"rate_per_second\": 0.001}"
            .formatted(receiver.url()));
    for (int i = 0; i < 5; i++) {
      publishCustomer(7);
    }
    awaitDeliveries(1, "status=delivered");

    awaitDone(erase("7"));

    assertThat(awaitDeliveries(4, "status=skipped"))
        .allMatch(delivery -> delivery.path("skip_reason").asString().equals("cancelled"));
    assertThat(receiver.webhookCount()).isEqualTo(1);
  }

  @Test
  void running_attempt_ends_before_its_event_is_erased() {
    try (HttpsReceiver held = HttpsReceiver.answering(500)) {
      company.subscribe(held.url(), "customer.created");
      for (int i = 0; i < 20; i++) {
        publishCustomer(7);
      }
      awaitDone(erase("7"));

      assertThat(awaitDeliveries(20, "status=skipped"))
          .allMatch(delivery -> delivery.path("erased_at").isString());
      for (JsonNode delivery : company.listDeliveries()) {
        for (JsonNode attempt :
            company.getDelivery(delivery.path("id").asString()).path("attempts")) {
          assertThat(attempt.has("response_body")).isFalse();
        }
      }
    }
  }

  @Test
  void test_send_with_the_customer_is_erased() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    api.post(
            endpoint.path() + "/test",
            "{\"event\": \"customer.created\", \"data\": {\"customerId\": 7, \"displayName\": \"Ann\"}}")
        .expect(200);

    JsonNode started = erase("7");

    assertThat(started.path("count").asInt()).isEqualTo(1);
    awaitDone(started);
    assertThat(body(awaitDeliveries(1).getFirst())).endsWith("\"data\":null}");
  }

  @Test
  void second_erasure_of_the_company_is_refused_while_the_first_runs() {
    JsonNode first = erase("7");
    ApiResponse second = api.post(company.path() + "/erase", "{\"customer_id\": 8}");

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.detail()).contains(first.path("job_id").asString());
    awaitDone(first);
    awaitDone(erase("8"));
  }

  @Test
  void unknown_company_is_404_and_malformed_id_422() {
    assertThat(api.post("/companies/7000000000000001/erase", "{\"customer_id\": 7}").status())
        .isEqualTo(404);
    for (String id : new String[] {"null", "1.5", "true", "\"\"", "[7]"}) {
      ApiResponse refused =
          api.post(company.path() + "/erase", "{\"customer_id\": %s}".formatted(id));
      assertThat(refused.status()).as(id).isEqualTo(422);
      assertThat(refused.pointer()).isEqualTo("/customer_id");
    }
  }
}
