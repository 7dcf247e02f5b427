package com.poolbrain.webhooks.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The support look-up over HTTP.
@Tag("slow")
class SupportApiTest extends CompanyWithReceiverFixture {

  SupportApiTest(ServiceClient api) {
    super(api);
  }

  private JsonNode lookUp(String id) {
    JsonNode events = api.get("/support/lookup?id=" + id).expect(200).path("events");
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static JsonNode of(JsonNode event, TestEndpoint endpoint) {
    return event
        .path("endpoints")
        .valueStream()
        .filter(found -> found.path("endpoint_id").asString().equals(endpoint.id()))
        .findFirst()
        .orElseThrow();
  }

  private static String query(URI url, String at) {
    return "/support/lookup?endpoint_url=" + URLEncoder.encode(url.toString(), UTF_8) + "&at=" + at;
  }

  @Test
  void event_is_explained_for_every_endpoint_of_its_company_as_it_was_then() {
    TestEndpoint selected = company.subscribe(receiver.url("/a"), "customer.created");
    TestEndpoint other = company.subscribe(receiver.url("/b"), "job.created");
    TestEndpoint paused = company.subscribe(receiver.url("/c"), "customer.created");
    api.patch(paused.path(), "{\"paused\": true}").expect(200);
    TestEndpoint deleted = company.subscribe(receiver.url("/d"), "customer.created");
    api.delete(deleted.path()).expectNoContent();
    String id = publishCustomer(7);
    awaitDeliveries(1, "status=delivered");
    TestEndpoint later = company.subscribe(receiver.url("/e"), "customer.created");
    api.patch(paused.path(), "{\"paused\": false}").expect(200);
    api.patch(other.path(), "{\"events\": [\"customer.created\"]}").expect(200);
    api.patch(selected.path(), "{\"url\": \"https://127.0.0.1:1/new\"}").expect(200);

    JsonNode event = lookUp(id);

    assertThat(event.path("company_id").asLong()).isEqualTo(company.id());
    assertThat(event.path("event").asString()).isEqualTo("customer.created");
    assertThat(event.path("endpoints")).hasSize(5);
    JsonNode delivery = of(event, selected).path("delivery");
    assertThat(of(event, selected).path("decision").asString()).isEqualTo("selected");
    assertThat(of(event, selected).path("url").asString()).isEqualTo(receiver.url("/a").toString());
    assertThat(delivery.path("status").asString()).isEqualTo("delivered");
    assertThat(delivery.at("/attempts/0/status_code").asInt()).isEqualTo(200);
    assertThat(of(event, other).path("reason").asString())
        .matches("It was not subscribed to customer.created, never since .* by key:.*");
    assertThat(of(event, paused).path("decision").asString()).isEqualTo("skipped");
    assertThat(of(event, paused).path("reason").asString())
        .matches("The endpoint was paused since 20.*Z by key:.*");
    assertThat(of(event, deleted).path("decision").asString()).isEqualTo("deleted");
    assertThat(of(event, later).path("decision").asString()).isEqualTo("created_later");
    assertThat(lookUp(delivery.path("id").asString())).isEqualTo(event);
    assertThat(event.toString())
        .doesNotContain(selected.secret())
        .doesNotContain("Signature")
        .doesNotContain("Ann");
  }

  @Test
  void url_and_time_find_the_events_of_the_company_newest_first_page_by_page() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/hooks"), "customer.created");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(publishCustomer(i));
    }
    awaitDeliveries(5, "status=delivered");
    api.patch(endpoint.path(), "{\"url\": \"https://127.0.0.1:1/new\"}").expect(200);
    String at = lookUp(ids.getFirst()).path("accepted_at").asString();
    String spelled =
        receiver.url("/hooks").toString().replace("https://localhost", "HTTPS://LocalHost") + "/";

    List<String> found = new ArrayList<>();
    JsonNode page = api.get(query(URI.create(spelled), at) + "&limit=2").expect(200);
    page.path("events").forEach(event -> found.add(event.path("id").asString()));
    while (page.path("next_cursor").isString()) {
      assertThat(page.path("searched_back_to").isString()).isTrue();
      page =
          api.get(
                  query(URI.create(spelled), at)
                      + "&limit=2&cursor="
                      + page.path("next_cursor").asString())
              .expect(200);
      page.path("events").forEach(event -> found.add(event.path("id").asString()));
    }

    assertThat(found).isEqualTo(ids);
    URI url = receiver.url("/hooks");
    assertThat(api.get(query(url, at) + "&company_id=" + company.id()).expect(200).path("events"))
        .hasSize(5);
    assertThat(api.get(query(url, at) + "&company_id=1").expect(200).path("events")).isEmpty();
    assertThat(api.get(query(URI.create(url + "x"), at)).expect(200).path("events")).isEmpty();
  }

  @Test
  void test_send_is_shown_with_the_endpoint_that_it_went_to() {
    TestEndpoint tested = company.subscribe(receiver.url("/a"), "customer.created");
    company.subscribe(receiver.url("/b"), "customer.created");
    String delivery =
        api.post(tested.path() + "/test", "{\"event\": \"customer.created\"}")
            .expect(200)
            .path("delivery_id")
            .asString();

    JsonNode event = lookUp(delivery);

    assertThat(event.path("endpoints")).hasSize(1);
    assertThat(of(event, tested).path("reason").asString()).contains("a test");
  }

  @Test
  void unknown_and_expired_ids_are_404_and_companies_have_no_access() {
    ApiResponse unknown = api.get("/support/lookup?id=0198c2a4-77aa-4c3e-9a54-1f2f5a1b2c3d");
    ApiResponse expired = api.get("/support/lookup?id=0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d");
    ApiResponse expiredTime =
        api.get(query(URI.create("https://a.example/"), "2020-02-13T06:42:24Z"));

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(expired.status()).isEqualTo(404);
    assertThat(expired.detail()).contains("2025-08-19").contains("older than the retention");
    assertThat(expiredTime.status()).isEqualTo(404);
    assertThat(expiredTime.detail()).contains("2020-02-13").contains("older than the retention");
    TestCompany other = TestCompany.create(api);
    assertThat(api.get(query(receiver.url("/"), "2999-02-13T06:42:24Z")).expect(200).path("events"))
        .isEmpty();
    assertThat(other.id()).isNotEqualTo(company.id());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Give the id of an event or a delivery, or endpoint_url and at",
        "?id=7 | Give an id such as",
        "?id=0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d&window=5m | Give the id alone",
        "?endpoint_url=https://a.example/ | Give the time",
        "?at=2026-02-13T06:42:24Z | or endpoint_url and at",
        "?endpoint_url=https://a.example/&at=now | Give a time",
        "?endpoint_url=https://a.example/&at=2026-02-13T06:42:24Z&window=25h | at most 24h",
        "?endpoint_url=https://a.example/&at=2026-02-13T06:42:24Z&window=0s | such as 90s",
        "?endpoint_url=https://a.example/&at=2026-02-13T06:42:24Z&company_id=0 | Give a number",
        "?endpoint_url=https://a.example/&at=2026-02-13T06:42:24Z&cursor=AAAA | start without",
      })
  void invalid_look_up_is_rejected_with_advice(String query, String expectedText) {
    ApiResponse refused = api.get("/support/lookup" + query);

    assertThat(refused.status()).as("%s", refused).isEqualTo(422);
    assertThat(refused.detail()).contains(expectedText);
  }
}
