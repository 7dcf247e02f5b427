package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Sends to try an endpoint, over HTTP.
@Tag("slow")
class TestSendApiTest extends CompanyWithReceiverFixture {

  TestSendApiTest(ServiceClient api) {
    super(api);
  }

  @Test
  void test_is_sent_at_once_and_returns_its_attempt() throws Exception {
    String endpoint = company.subscribe(receiver.url("/t"), "job.created").path();
    ApiResponse ping = api.post(endpoint + "/test", "");
    ReceivedRequest arrived = receiver.awaitNext();

    assertThat(ping.status()).isEqualTo(200);
    assertThat(arrived.header("X-Webhook-Test")).isEqualTo("true");
    assertThat(arrived.bodyText()).contains(ping.json().path("delivery_id").asString());
    assertThat(arrived.bodyText()).contains("\"event\":\"webhook.ping\"");
    assertThat(ping.json().at("/attempt/number").asInt()).isEqualTo(1);
    assertThat(ping.json().at("/attempt/trigger").asString()).isEqualTo("test");
    assertThat(ping.json().at("/attempt/status_code").asInt()).isEqualTo(200);

    receiver.respondWith(503);
    ApiResponse customTest =
        api.post(
            endpoint + "/test",
            "{\"event\": \"Customer.Created\", \"data\": {\"customerId\": 9007199254740993, \"displayName\": \"Ä\"}}");
    assertThat(receiver.awaitNext().bodyText())
        .endsWith("\"data\":{\"customerId\":9007199254740993,\"displayName\":\"\\u00c4\"}}");
    assertThat(customTest.json().at("/attempt/error").asString()).isEqualTo("server_error");
    assertThat(customTest.json().at("/attempt/response_body").asString()).isEqualTo("answered 503");
    assertThat(api.get(endpoint).json().path("status").asString())
        .as("tests are outside health")
        .isEqualTo("never_delivered");

    String id = customTest.json().path("delivery_id").asString();
    JsonNode logged = api.get(company.path() + "/deliveries/" + id).json();
    assertThat(logged.path("status").asString()).isEqualTo("permanently_failed");
    assertThat(logged.path("test").asBoolean()).isTrue();
  }

  @ParameterizedTest(name = "subscribed {0}, asked for {1}")
  @CsvSource({
    "job.created,                      job.created,          job.created",
    "job.created,                      job.one_time.created, job.created",
    "job.one_time.created,             job.created,          job.one_time.created",
    "job.created job.one_time.created, job.created,          job.one_time.created",
    "job.Deleted,                      JOB.DELETED,          job.Deleted",
    "customer.created,                 job.created,          job.one_time.created",
  })
  void test_bears_the_name_under_which_the_endpoint_subscribed(
      String subscribed, String asked, String sent) throws Exception {
    TestEndpoint endpoint = company.subscribe(receiver.url("/t"), subscribed.split(" "));

    String id =
        api.post(endpoint.path() + "/test", "{\"event\": \"%s\"}".formatted(asked))
            .expect(200)
            .path("delivery_id")
            .asString();

    ReceivedRequest arrived = receiver.awaitNext();
    assertThat(arrived.eventName()).isEqualTo(sent);
    assertThat(arrived.header("X-Webhook-Event")).isEqualTo(sent);
    JsonNode logged = api.get(company.path() + "/deliveries/" + id).json();
    assertThat(logged.path("event").asString()).isEqualTo(sent);
    assertThat(logged.at("/request/body").asString()).isEqualTo(arrived.bodyText());
  }

  @Test
  void failed_test_says_what_failed_and_is_logged_so() {
    try (HttpsReceiver wrongHost =
        HttpsReceiver.withCertificate(HttpsReceiver.CA.issue("elsewhere.test"))) {
      String endpoint = company.subscribe(wrongHost.url("/t"), "job.created").path();

      JsonNode test = api.post(endpoint + "/test", "").expect(200);

      JsonNode attempt = test.path("attempt");
      assertThat(attempt.path("error").asString()).isEqualTo("tls_hostname");
      assertThat(attempt.path("detail").asString())
          .isEqualTo("The certificate is for elsewhere.test.");
      assertThat(attempt.path("url").asString()).isEqualTo(wrongHost.url("/t").toString());
      assertThat(attempt.path("address").asString()).isEqualTo("127.0.0.1");
      assertThat(attempt.path("actor").asString()).startsWith("key:");
      String id = test.path("delivery_id").asString();
      assertThat(api.get(company.path() + "/deliveries/" + id).json().at("/attempts/0").toString())
          .isEqualTo(attempt.toString());
    }
  }

  @Test
  void paused_endpoint_can_be_tested() {
    String endpoint = company.subscribe(receiver.url("/t"), "job.created").path();
    api.patch(endpoint, "{\"paused\": true}");

    assertThat(api.post(endpoint + "/test", "{}").status()).isEqualTo(200);
  }

  @Test
  void invalid_test_request_is_rejected() {
    String test = company.subscribe(receiver.url("/t"), "job.created").path() + "/test";

    assertThat(api.post(test, "{\"event\": \"job.craeted\"}").pointer()).isEqualTo("/event");
    ApiResponse wrong =
        api.post(test, "{\"event\": \"customer.created\", \"data\": {\"customerId\": \"7\"}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().path("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/data/customerId", "/data/displayName");
    assertThat(api.post(test, "{\"data\": []}").pointer()).isEqualTo("/data");
    assertThat(api.post(test, "{\"evnt\": \"job.created\"}").detail())
        .contains("Did you mean 'event'?");
    assertThat(api.post(company.path() + "/endpoints/" + UUID.randomUUID() + "/test", "").status())
        .isEqualTo(404);
  }
}
