package com.poolbrain.webhooks.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.manage.Api.Answer;
import com.poolbrain.webhooks.server.manage.Consumer.Received;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class DeliveriesApiTest {

  private final AtomicLong companies = new AtomicLong(40);

  private Api api;
  private Consumer consumer;
  private String company;

  @BeforeAll
  void start(@TempDir Path folder) {
    api = new Api(folder);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @BeforeEach
  void newCompany() {
    consumer = new Consumer();
    company = api.company(companies.getAndIncrement());
  }

  @AfterEach
  void closeConsumer() {
    consumer.close();
  }

  private long companyId() {
    return Long.parseLong(company.substring("/companies/".length()));
  }

  private String publish(String event, String data) {
    Answer accepted =
        api.post(
            "/events",
            "{\"company_id\": %d, \"event\": \"%s\", \"timestamp\": \"2026-02-13T06:42:24.705Z\", \"data\": %s}"
                .formatted(companyId(), event, data));
    assertThat(accepted.status()).as("%s", accepted).isEqualTo(202);
    return accepted.body().at("/events/0/id").asString();
  }

  private String publishCustomer(int id) {
    return publish(
        "customer.created", "{\"customerId\": %d, \"displayName\": \"Ann\"}".formatted(id));
  }

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    api.get(company + "/deliveries?" + query)
        .body()
        .path("data")
        .forEach(delivery -> ids.add(delivery.path("id").asString()));
    return ids;
  }

  private JsonNode untilStatus(String delivery, String status) {
    return api.until(
            company + "/deliveries/" + delivery, d -> d.path("status").asString().equals(status))
        .body();
  }

  private String onlyDelivery() {
    return api.until(company + "/deliveries", list -> list.path("data").size() == 1)
        .body()
        .at("/data/0/id")
        .asString();
  }

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

  @Test
  void theLogIsNarrowedByEveryFilter() {
    String customers = api.endpoint(company, consumer.url("/c"), "customer.created");
    String jobs = api.endpoint(company, consumer.url("/j"), "job.Deleted");
    publishCustomer(7);
    String event = publish("job.one_time.deleted", "{\"jobNumber\": \"J-9\", \"jobTitle\": \"x\"}");
    api.until(company + "/deliveries?status=delivered", list -> list.path("data").size() == 2);
    List<String> all = ids("");
    String job = all.get(0);
    String customer = all.get(1);

    assertThat(ids("event=JOB.DELETED")).containsExactly(job);
    assertThat(ids("event=job.one_time.deleted")).as("the name in the row decides").isEmpty();
    assertThat(ids("endpoint_id=" + customers)).containsExactly(customer);
    assertThat(ids("endpoint_id=" + jobs + "&status=delivered")).containsExactly(job);
    assertThat(ids("status=permanently_failed")).isEmpty();
    assertThat(ids("q=" + job)).containsExactly(job);
    assertThat(ids("q=" + event)).containsExactly(job);
    api.until(company + "/deliveries?q=J-9", list -> list.path("data").size() == 1);
    assertThat(ids("q=7&event=customer.created")).containsExactly(customer);
    assertThat(ids("q=nothing")).isEmpty();
    String accepted = api.get(company + "/deliveries/" + job).body().path("created_at").asString();
    assertThat(ids("from=" + accepted)).contains(job);
    assertThat(ids("to=" + accepted)).contains(job, customer);
    assertThat(ids("from=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("to=2000-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void thePagesOfTheLogHoldTogetherAndTheirCursorsDont() {
    api.endpoint(company, consumer.url("/c"), "customer.created");
    for (int i = 0; i < 5; i++) {
      publishCustomer(i);
    }
    api.until(company + "/deliveries?status=delivered", list -> list.path("data").size() == 5);

    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get(company + "/deliveries?limit=2" + cursor).body();
      page.path("data").forEach(delivery -> walked.add(delivery.path("id").asString()));
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    assertThat(walked).isEqualTo(ids("")).hasSize(5);

    String other =
        api.get(company + "/deliveries?limit=2&status=delivered")
            .body()
            .path("next_cursor")
            .asString();
    Answer refused = api.get(company + "/deliveries?limit=2&cursor=" + other);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains("other filters");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "status=done, Give one of",
    "status=deliverd, Did you mean 'delivered'?",
    "event=customer.craeted, customer.created",
    "endpoint_id=7, Give an id",
    "from=yesterday, Give a time",
    "to=%2B30000-01-01T00:00:00Z, Give a time",
    "statuss=delivered, Did you mean 'status'?",
    "limit=1000, from 1 to 200",
    "cursor=AAAA, begin again",
  })
  void badFiltersAreRefused(String query, String words) {
    Answer refused = api.get(company + "/deliveries?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains(words);
  }

  @Test
  void aTestIsSentNowAndAnsweredWithItsAttempt() {
    String endpoint =
        company + "/endpoints/" + api.endpoint(company, consumer.url("/t"), "job.created");
    Answer ping = api.post(endpoint + "/test", "");
    Received arrived = consumer.next();

    assertThat(ping.status()).isEqualTo(200);
    assertThat(arrived.headers().getFirst("X-Webhook-Test")).isEqualTo("true");
    assertThat(arrived.body()).contains(ping.body().path("delivery_id").asString());
    assertThat(arrived.body()).contains("\"event\":\"webhook.ping\"");
    assertThat(ping.body().at("/attempt/number").asInt()).isEqualTo(1);
    assertThat(ping.body().at("/attempt/trigger").asString()).isEqualTo("test");
    assertThat(ping.body().at("/attempt/status_code").asInt()).isEqualTo(200);

    consumer.answers(503);
    Answer own =
        api.post(
            endpoint + "/test",
            "{\"event\": \"Customer.Created\", \"data\": {\"customerId\": 9007199254740993, \"displayName\": \"Ä\"}}");
    assertThat(consumer.next().body())
        .endsWith("\"data\":{\"customerId\":9007199254740993,\"displayName\":\"\\u00c4\"}}");
    assertThat(own.body().at("/attempt/error").asString()).isEqualTo("server_error");
    assertThat(own.body().at("/attempt/response_body").asString()).isEqualTo("answered 503");
    assertThat(api.get(endpoint).body().path("status").asString())
        .as("tests are outside health")
        .isEqualTo("never_delivered");

    String id = own.body().path("delivery_id").asString();
    JsonNode logged = api.get(company + "/deliveries/" + id).body();
    assertThat(logged.path("status").asString()).isEqualTo("permanently_failed");
    assertThat(logged.path("test").asBoolean()).isTrue();
  }

  @Test
  void aPausedEndpointMayBeTested() {
    String endpoint =
        company + "/endpoints/" + api.endpoint(company, consumer.url("/t"), "job.created");
    api.patch(endpoint, "{\"paused\": true}");

    assertThat(api.post(endpoint + "/test", "{}").status()).isEqualTo(200);
  }

  @Test
  void badTestsAreRefused() {
    String test =
        company
            + "/endpoints/"
            + api.endpoint(company, consumer.url("/t"), "job.created")
            + "/test";

    assertThat(api.post(test, "{\"event\": \"job.craeted\"}").pointer()).isEqualTo("/event");
    Answer wrong =
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
