package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The form that sends a test with a sample.
@Tag("slow")
class TestSendPageTest extends DeliveryPageFixture {

  TestSendPageTest(RunningApplication service) {
    super(service);
  }

  private TestEndpoint subscribe() {
    show(""); // with the token of the forms
    return company.subscribe(receiver.url("/in"), "customer.created", "job.Deleted");
  }

  private String pathOf(TestEndpoint endpoint) {
    return path("/endpoints/" + endpoint.id() + "/test");
  }

  private HttpResponse<String> send(TestEndpoint endpoint, String event, String data) {
    return manager.post(pathOf(endpoint), Map.of("event", event, "data", data));
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void each_subscribed_event_and_the_ping_has_a_sample_that_can_be_sent() throws Exception {
    TestEndpoint endpoint = subscribe();
    assertThat(manager.get(path("/endpoints/" + endpoint.id())).body())
        .contains("href=\"" + pathOf(endpoint) + "\">Test with a sample");
    for (String event : List.of("customer.created", "job.Deleted", "webhook.ping")) {
      String form = manager.get(pathOf(endpoint) + "?event=" + event).body();
      assertThat(form)
          .contains("Samples carry invented ids", ">Send test</button>")
          .contains("<option value=\"" + event + "\" selected>");
      String sample = unescape(form.replaceAll("(?s)^.*<textarea[^>]*>(.*)</textarea>.*$", "$1"));
      String result = location(send(endpoint, event, sample));
      assertThat(manager.get(result).body())
          .contains("Delivered. Your server answered 200", "selected>" + event);
      String body = new String(receiver.awaitNext().body(), StandardCharsets.UTF_8);
      assertThat(body).contains("\"event\":\"" + event + "\"");
    }
    assertThat(manager.get(pathOf(endpoint) + "?event=job.created").body())
        .as("an event that is not subscribed")
        .contains("<option value=\"customer.created\" selected>");
  }

  @Test
  void edited_sample_is_sent_and_shown_with_its_result() throws Exception {
    TestEndpoint endpoint = subscribe();
    String data = "{\n  \"customerId\": 4711,\n  \"displayName\": \"Zoë <b>\"\n}";
    String result = location(send(endpoint, "customer.created", data));
    assertThat(new String(receiver.awaitNext().body(), StandardCharsets.UTF_8))
        .contains("\"data\":{\"customerId\":4711,\"displayName\":\"Zo\\u00eb <b>\"}");
    assertThat(manager.get(result).body())
        .contains("\"customerId\": 4711", "Delivered")
        .doesNotContain("<b>\"");
    assertThat(manager.get(result).body()).contains("Delivered");
    assertThat(receiver.webhookCount()).as("a reload sends nothing").isEqualTo(1);
  }

  @Test
  void sample_that_breaks_its_schema_is_kept_and_named_field_by_field() {
    TestEndpoint endpoint = subscribe();
    String data = "{\"customerId\": \"seven\", \"colour\": \"blue\"}";
    HttpResponse<String> refused = send(endpoint, "customer.created", data);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("3 fields need a change", "href=\"#f-data\">customerId: ", ">colour: ")
        .contains("aria-invalid=\"true\"", "\"seven\"");
    for (String malformed : List.of("", "{\"customerId\": 1", "[]", "7", "{\"a\": 1, \"a\": 2}")) {
      HttpResponse<String> response = send(endpoint, "customer.created", malformed);
      assertThat(response.statusCode()).as(malformed).isEqualTo(422);
      assertThat(response.body()).as(malformed).contains("One field needs a change");
    }
    assertThat(send(endpoint, "customer.craeted", "{}").body()).contains("customer.created");
    assertThat(receiver.webhookCount()).isZero();
  }

  @Test
  void nothing_is_sent_while_webhooks_are_off_and_the_page_says_so() {
    TestEndpoint endpoint = subscribe();
    company.setWebhooksEnabled(false);
    HttpResponse<String> refused =
        send(endpoint, "customer.created", "{\"customerId\": 1, \"displayName\": \"x\"}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .contains("switch them on, then repeat this", "\"customerId\": 1")
        .doesNotContain("PATCH");
  }

  @Test
  void test_of_another_endpoint_or_company_is_not_shown() {
    TestEndpoint endpoint = subscribe();
    TestEndpoint second = company.subscribe(receiver.url("/second"), "customer.created");
    String tested =
        location(
                send(
                    endpoint, "customer.created", "{\"customerId\": 4711, \"displayName\": \"x\"}"))
            .replaceFirst("^.*tested=", "");
    assertThat(manager.get(pathOf(second) + "?tested=" + tested).body())
        .doesNotContain("4711", "Delivered");
    TestCompany other = TestCompany.create(company.api());
    PageClient foreign = PageClient.opened(baseUrl, PortalLinks.of(other, "manager"));
    String path = pathOf(endpoint).replace(company.path(), other.path());
    assertThat(foreign.get(path).statusCode()).isEqualTo(404);
  }

  private static String unescape(String html) {
    return html.replace("&#34;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
