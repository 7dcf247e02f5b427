package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The page of one delivery.
@Tag("slow")
class DeliveryPageTest extends DeliveryPageFixture {

  private static final String HOSTILE = "<script>alert(1)</script>\u202E\0";

  DeliveryPageTest(RunningApplication service) {
    super(service);
  }

  private TestEndpoint subscribe() {
    return company.subscribe(receiver.url("/in"), "customer.created");
  }

  private static String unescape(String html) {
    return html.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  @Test
  void page_shows_the_exact_request_that_arrived() throws InterruptedException {
    subscribe();
    String id = deliver("delivered");
    ReceivedRequest received = receiver.awaitNext();
    String body = new String(received.body(), StandardCharsets.UTF_8);
    String html = unescape(show("/deliveries/" + id));
    assertThat(html)
        .contains(body, "data-body=\"" + body, "Body, " + body.length() + " bytes")
        .contains("<dt>POST</dt>", receiver.url("/in").toString(), "X-Webhook-Signature")
        .contains("--data-binary '" + body + "'", "Attempt 1: 2", "delivered");
    assertThat(show("/deliveries/" + id + "?body=pretty"))
        .contains("Body, indented")
        .contains("\n  ");
  }

  @Test
  void failed_attempt_shows_plan_response_class_and_advice() {
    receiver.respondWith(503);
    subscribe();
    String id = deliver("retrying");
    assertThat(show("/deliveries/" + id))
        .contains("Attempt 1: 503 server_error", "The endpoint failed (5xx).")
        .contains("Look into the log of the server for this time.", "127.0.0.1")
        .contains("Next attempt", "data-countdown", "Then permanently failed", "1 of 2")
        .contains("of attempt 1");
  }

  @Test
  void attempts_are_counted_from_where_the_schedule_last_began() {
    receiver.respondWith(500);
    TestEndpoint endpoint = subscribe();
    String id = deliver("retrying");
    endpoint.patch("{\"paused\": true}");
    company.awaitDelivery(id, "skipped");
    endpoint.patch("{\"paused\": false}");
    receiver.respondWith(200);
    String since = "{\"since\": \"%s\"}".formatted(Instant.now().minus(Duration.ofDays(1)));
    company.api().post(endpoint.path() + "/replay-missing", since).expect(202);
    company.awaitDelivery(id, "delivered");

    assertThat(show("/deliveries/" + id)).contains("Attempt 2: 200", "1 of 2");
    assertThat(show("/deliveries")).contains("1/2").doesNotContain("2/2");
  }

  @Test
  void response_is_shown_as_text_whatever_it_contains() {
    try (HttpsReceiver hostile =
        HttpsReceiver.scripted(connection -> {
          connection.readRequest();
          connection.respond(500, HOSTILE + "x".repeat(20_000));
        })) {
      company.subscribe(hostile.url("/h"), "customer.created");
      String html = show("/deliveries/" + deliver("retrying"));
      assertThat(html)
          .contains("&lt;script&gt;alert(1)", "cut after 16 KiB")
          .doesNotContain("<script>alert", "\0");
    }
  }

  @Test
  void redeliver_and_cancel_do_what_they_say_and_tell_it() {
    receiver.respondWith(500);
    subscribe();
    String id = deliver("retrying");
    String path = path("/deliveries/" + id);
    String html = manager.get(path).body();
    assertThat(html).contains("action=\"" + path + "/redeliver\"", "href=\"" + path + "/cancel\"");

    HttpResponse<String> question = manager.get(path + "/cancel");
    assertThat(question.body()).contains("Cancel this delivery?", "Cancel delivery", "Keep it");
    assertThat(manager.get(path + "/cancel", "HX-Request", "true").body())
        .startsWith("<form")
        .contains("id=\"question-title\"");
    HttpResponse<String> cancelled = manager.post(path + "/cancel", Map.of());
    assertThat(cancelled.headers().firstValue("Location"))
        .contains(path + "?done=delivery_cancelled");
    assertThat(manager.get(path + "?done=delivery_cancelled").body())
        .contains("Delivery cancelled", "Skipped: cancelled");
    assertThat(manager.post(path + "/cancel", Map.of()).body())
        .contains("This delivery has ended; it can't be cancelled.");

    receiver.respondWith(200);
    HttpResponse<String> redelivered = manager.post(path + "/redeliver", Map.of());
    assertThat(redelivered.statusCode()).isEqualTo(303);
    company.awaitDelivery(id, "delivered");
    assertThat(show("/deliveries/" + id))
        .contains("Redelivered by user:dana@clearwater.example", "and 1 manual");
  }

  @Test
  void buttons_that_would_be_refused_give_the_reason() {
    receiver.respondWith(500);
    TestEndpoint endpoint = subscribe();
    String id = deliver("retrying");
    String path = path("/deliveries/" + id);
    company.setWebhooksEnabled(false);
    company.awaitDelivery(id, "skipped");
    assertThat(manager.get(path).body())
        .contains("disabled", "Webhooks are off; switch them on first.", "Skipped: webhooks_off")
        .doesNotContain("/redeliver\"");
    assertThat(manager.post(path + "/redeliver", Map.of()).statusCode()).isEqualTo(409);
    company.setWebhooksEnabled(true);
    assertThat(manager.get(path).body()).contains("/redeliver\"").doesNotContain("disabled");
    company.api().delete(endpoint.path()).expectNoContent();
    assertThat(Await.until("deleted", () -> manager.get(path).body(), b -> b.contains("deleted")))
        .contains("to a deleted endpoint", "URL and headers can’t be shown")
        .doesNotContain("Copy as cURL");
  }

  @Test
  void viewer_has_no_buttons_and_is_refused() {
    receiver.respondWith(500);
    subscribe();
    String path = path("/deliveries/" + deliver("retrying"));
    PageClient viewer = signIn("viewer");
    assertThat(viewer.get(path).body())
        .contains("Attempts", "Copy support details")
        .doesNotContain("/redeliver\"", "/cancel\"");
    assertThat(viewer.post(path + "/redeliver", Map.of()).statusCode()).isEqualTo(403);
    assertThat(viewer.get(path + "/cancel").statusCode()).isEqualTo(403);
    assertThat(viewer.post(path + "/cancel", Map.of()).statusCode()).isEqualTo(403);
  }

  @Test
  void delivery_of_another_company_does_not_exist() {
    subscribe();
    String id = deliver("delivered");
    TestCompany other = TestCompany.create(company.api());
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(other, "manager"));
    String foreign = other.path() + "/webhooks/deliveries/" + id;
    assertThat(browser.get(foreign).statusCode()).isEqualTo(404);
    assertThat(browser.post(foreign + "/redeliver", Map.of()).statusCode()).isIn(403, 404);
    assertThat(browser.get(other.path() + "/webhooks/deliveries/x").statusCode()).isEqualTo(404);
  }
}
