package com.poolbrain.webhooks.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The support console of operators.
@Tag("slow")
class SupportConsolePageTest extends DeliveryPageFixture {

  SupportConsolePageTest(RunningApplication service) {
    super(service);
  }

  private PageClient operator() {
    String key =
        company
            .api()
            .post("/keys", "{\"name\": \"k\", \"scopes\": [\"operator\"]}")
            .expect(201)
            .path("key")
            .asString();
    var browser = new PageClient(baseUrl);
    browser.get("/support");
    assertThat(browser.post("/support/sign-in", Map.of("key", key)).statusCode()).isEqualTo(303);
    return browser;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Test
  void event_id_and_delivery_id_show_why_each_endpoint_got_it_or_did_not() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/yes"), "customer.created");
    company.subscribe(receiver.url("/no"), "job.Deleted");
    receiver.respondWith(503);
    String id = deliver("retrying");
    PageClient operator = operator();
    String html = operator.get("/support?q=" + id).body();
    assertThat(html)
        .contains("Why each endpoint did or did not get it", "Went to 1 of 2 endpoints")
        .contains("selected", "not subscribed", "503 server_error", "The endpoint failed (5xx).")
        .contains("Attempt 1 to " + receiver.url("/yes"), "Blue Pools (" + company.id() + ")")
        .doesNotContain(endpoint.secret());
    String event = company.getDelivery(id).path("event_id").asString();
    assertThat(operator.get("/support?q=" + event).body()).contains("Went to 1 of 2 endpoints");
  }

  @Test
  void url_and_time_find_the_events_of_that_window() {
    company.subscribe(receiver.url("/by-url"), "customer.created");
    String id = deliver("delivered");
    PageClient operator = operator();
    String query = "/support?q=" + encode(receiver.url("/by-url").toString());
    String now = "&at=" + encode(Instant.now().toString());
    assertThat(Await.until("found", () -> operator.get(query + now).body(), b -> b.contains(id)))
        .contains("Went to 1 of 1 endpoint", "<option value=\"\" selected>± 15 min");
    assertThat(operator.get(query + now + "&company_id=" + company.id()).body()).contains(id);
    assertThat(operator.get(query + now + "&company_id=999999").body()).contains("Nothing found");
    HttpResponse<String> withoutTime = operator.get(query);
    assertThat(withoutTime.statusCode()).isEqualTo(422);
    assertThat(withoutTime.body()).contains("give the time that the customer saw", "#f-at");
  }

  @Test
  void unknown_ids_and_hostile_texts_are_explained_as_text() {
    PageClient operator = operator();
    assertThat(operator.get("/support?q=0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d").body())
        .contains("Nothing found", "older than the retention");
    String hostile =
        operator.get("/support?q=%3Cscript%3Ealert(1)%00&at=%3Cb%3E&company_id=x").body();
    assertThat(hostile)
        .contains("2 fields need a change", "value=\"&lt;script>alert(1)")
        .doesNotContain("<script>alert", "<b>", "\0");
  }

  @Test
  void console_shows_the_health_of_the_system() {
    assertThat(operator().get("/support").body())
        .contains("Nothing looked up yet", "Healthy", "reachable", "1 alive", "Failing endpoints");
  }

  @Test
  void only_operators_look_up() {
    assertThat(manager.get("/support?q=x").body())
        .contains("Sign in")
        .doesNotContain("Nothing looked up yet");
  }
}
