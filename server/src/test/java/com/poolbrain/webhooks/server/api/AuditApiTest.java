package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The audit over HTTP.
@Tag("slow")
class AuditApiTest extends CompanyWithReceiverFixture {

  AuditApiTest(ServiceClient api) {
    super(api);
  }

  private JsonNode list(String parameters) {
    return api.get("/audit?company_id=" + company.id() + parameters).expect(200);
  }

  private List<String> actions(String parameters) {
    return list(parameters).path("data").findValuesAsString("action");
  }

  @Test
  void every_change_test_and_redelivery_is_recorded_with_its_caller() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    endpoint.patch("{\"paused\": true, \"events\": [\"customer.created\", \"job.created\"]}");
    endpoint.patch("{\"paused\": false}");
    api.get(endpoint.path() + "/secret").expect(200);
    publishCustomer(1);
    String delivery = awaitOnlyDelivery();
    company.awaitDelivery(delivery, "delivered");
    String test =
        api.post(endpoint.path() + "/test", "").expect(200).path("delivery_id").stringValue();
    endpoint.redeliver(delivery).expect(202);
    api.delete(endpoint.path());

    JsonNode entries = list("").path("data");
    assertThat(entries.findValuesAsString("action"))
        .containsExactly(
            "endpoint.deleted",
            "delivery.redelivered",
            "endpoint.tested",
            "secret.revealed",
            "endpoint.updated",
            "endpoint.updated",
            "endpoint.created",
            "webhooks.enabled",
            "company.created");
    for (JsonNode entry : entries) {
      assertThat(entry.path("actor").stringValue()).matches("key:[0-9a-f-]{36}");
      assertThat(entry.path("from_address").stringValue()).isEqualTo("127.0.0.1");
      assertThat(entry.path("company_id").asLong()).isEqualTo(company.id());
    }
    assertThat(entries.path(1).path("delivery_id").stringValue()).isEqualTo(delivery);
    assertThat(entries.path(2).path("delivery_id").stringValue()).isEqualTo(test);
    assertThat(entries.path(5).path("before").toString())
        .isEqualTo("{\"events\":[\"customer.created\"],\"paused\":false}");
    assertThat(entries.path(5).path("after").toString())
        .isEqualTo("{\"events\":[\"customer.created\",\"job.created\"],\"paused\":true}");
    assertThat(entries.path(3).has("before")).isFalse();
  }

  @Test
  void refused_change_is_not_recorded() {
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    int before = actions("").size();
    company.setWebhooksEnabled(false);
    api.post(endpoint.path() + "/test", "").expect(409);
    api.post(endpoint.path() + "/secret/activate", "").expect(409);
    api.patch(endpoint.path(), "{\"url\": \"http://consumer.example\"}").expect(422);
    endpoint.patch("{}");

    assertThat(actions("")).hasSize(before + 1).startsWith("webhooks.disabled");
  }

  @Test
  void filters_and_pages_narrow_the_list() {
    company.setWebhooksEnabled(false);
    company.setWebhooksEnabled(true);

    assertThat(actions("&action=webhooks.enabled")).hasSize(2);
    assertThat(actions("&actor=key:nobody")).isEmpty();
    assertThat(actions("&from=2999-01-01T00:00:00Z")).isEmpty();
    JsonNode first = list("&limit=3");
    String cursor = first.path("next_cursor").stringValue();
    assertThat(
            Stream.concat(
                first.path("data").findValuesAsString("action").stream(),
                actions("&limit=3&cursor=" + cursor).stream()))
        .containsExactlyElementsOf(actions(""));
  }

  @ParameterizedTest
  @CsvSource({"action=company.removed, action", "company_id=0, company_id", "page=2, page"})
  void invalid_filter_is_refused(String filter, String parameter) {
    JsonNode errors = api.get("/audit?" + filter).expect(422).path("errors");
    assertThat(errors.path(0).path("parameter").stringValue()).isEqualTo(parameter);
  }

  @Test
  void key_of_a_company_sees_the_entries_of_that_company_only() {
    TestCompany other = TestCompany.create(api);
    ServiceClient manager = withNewKey("manage");

    JsonNode own = manager.get("/audit").expect(200).path("data");

    assertThat(own.findValuesAsString("company_id"))
        .isNotEmpty()
        .containsOnly(Long.toString(company.id()));
    assertThat(manager.get("/audit?company_id=" + company.id()).expect(200).path("data"))
        .isEqualTo(own);
    assertThat(manager.get("/audit?company_id=" + other.id()).status()).isEqualTo(404);
    assertThat(withNewKey("read").get("/audit").status()).isEqualTo(403);
  }

  private ServiceClient withNewKey(String scope) {
    return api.withKey(
        api.post(
                "/keys",
                "{\"name\": \"k\", \"scopes\": [\"%s\"], \"company_id\": %d}"
                    .formatted(scope, company.id()))
            .expect(201)
            .path("key")
            .stringValue());
  }
}
