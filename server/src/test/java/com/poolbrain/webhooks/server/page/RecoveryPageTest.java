package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The tab Recovery as a browser without JavaScript sees it.
@Tag("slow")
class RecoveryPageTest extends DeliveryPageFixture {

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
  private static final Pattern CANCEL =
      Pattern.compile("action=\"([^\"]*/recovery/jobs/[0-9a-f-]{36}/cancel)\"");

  RecoveryPageTest(RunningApplication service) {
    super(service);
  }

  /// Deliveries of an endpoint that were skipped while webhooks were off.
  private TestEndpoint missed(int deliveries) {
    TestEndpoint endpoint = company.subscribe(receiver.url("/a"), "customer.created");
    company.setWebhooksEnabled(false);
    for (int i = 0; i < deliveries; i++) {
      publishCustomer(i + 1);
    }
    endpoint.awaitDeliveries(deliveries, "skipped");
    company.setWebhooksEnabled(true);
    return endpoint;
  }

  private static String question(TestEndpoint endpoint, String kind, String more) {
    return "/recovery/start?endpoint_id=%s&since=%s&kind=%s%s"
        .formatted(endpoint.id(), Instant.now().minus(Duration.ofDays(1)), kind, more);
  }

  /// Presses the button of a question.
  private HttpResponse<String> answer(String question) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(question.substring(question.indexOf("class=\"question\"")));
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2));
    }
    return manager.post(path("/recovery/start"), fields);
  }

  private String awaitEnded(String status) {
    return Await.until(
        "the page shows that the job is " + status,
        () -> show("/recovery"),
        html -> !html.contains("Cancel job") && html.contains("</svg>" + status + "</span>"));
  }

  @Test
  void missed_deliveries_are_replayed_after_a_question_with_their_number() {
    TestEndpoint endpoint = missed(3);
    assertThat(show("/recovery")).contains(">Recover failed</button>", ">Replay missed</button>");
    String question = show(question(endpoint, "replay_missing", ""));
    assertThat(question)
        .contains("Replay missed deliveries?", ">Replay 3 deliveries</button>")
        .contains("at most 50 a second", "localhost");
    assertThat(company.listDeliveries("status=skipped")).hasSize(3);

    HttpResponse<String> started = answer(question);
    assertThat(started.statusCode()).isEqualTo(303);
    String location = started.headers().firstValue("Location").orElseThrow();
    assertThat(manager.get(location).body()).contains("Job started");
    String ended = awaitEnded("done");
    assertThat(ended).contains("3 of 3", "<bdi>dana@clearwater.example</bdi>");
    endpoint.awaitDeliveries(3, "delivered");
    String log = manager.get(link(ended, "3 of 3")).body();
    assertThat(rows(log)).hasSize(3);
    assertThat(log.split("</svg>replay</span>", -1)).as("tags of the three rows").hasSize(4);
    assertThat(show(question(endpoint, "replay_missing", "")))
        .contains("Nothing to replay", ">Back</a>")
        .doesNotContain("btn--primary");
    assertThat(receiver.webhookCount()).isEqualTo(3);
  }

  @Test
  void failed_delivery_is_recovered() {
    TestEndpoint endpoint = missed(1);
    receiver.respondWith(500);
    String id = endpoint.listDeliveries().getFirst().path("id").asString();
    endpoint.redeliver(id); // a skipped delivery fails for good when its redelivery fails
    company.awaitDelivery(id, "permanently_failed");
    receiver.respondWith(200);
    String question = show(question(endpoint, "recover", ""));
    assertThat(question).contains("Recover failed deliveries?", ">Recover 1 delivery</button>");
    assertThat(answer(question).statusCode()).isEqualTo(303);
    company.awaitDelivery(id, "delivered");
    assertThat(awaitEnded("done")).contains("Recover failed", "1 of 1");
    JsonNode jobs = company.api().get(company.path() + "/jobs").expect(200);
    String cancel = "/recovery/jobs/%s/cancel".formatted(jobs.at("/data/0/id").asString());
    HttpResponse<String> late = manager.post(path(cancel), Map.of());
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("This job has ended");
  }

  @Test
  void job_that_runs_shows_its_progress_and_is_cancelled() {
    TestEndpoint endpoint = missed(5);
    answer(show(question(endpoint, "replay_missing", "&rate=0.1")));
    String running = show("/recovery");
    assertThat(running)
        .contains("<progress max=\"5\"", "of 5", "Cancel job", "at most 0.1 a second")
        .contains("hx-trigger=\"every 2s\"", "hx-get=\"" + path("/recovery") + "\"");
    HttpResponse<String> part = manager.get(path("/recovery"), "HX-Request", "true");
    assertThat(part.body()).startsWith("<div class=\"stack\" id=\"jobs\"").contains("<progress");
    HttpResponse<String> second = answer(show(question(endpoint, "replay_missing", "")));
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("does this for the endpoint already");

    Matcher cancel = CANCEL.matcher(running);
    assertThat(cancel.find()).isTrue();
    assertThat(manager.post(cancel.group(1), Map.of()).statusCode()).isEqualTo(303);
    assertThat(awaitEnded("cancelled"))
        .contains("It was cancelled by user:dana@clearwater.example")
        .doesNotContain("hx-get=");
    assertThat(manager.post(cancel.group(1), Map.of()).statusCode())
        .as("cancelled again by a double click")
        .isEqualTo(303);
  }

  @Test
  void wrong_fields_are_named_and_kept() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/a"), "customer.created");
    company.subscribe(receiver.url("/b"), "customer.created");
    HttpResponse<String> refused =
        manager.get(path("/recovery/start?kind=recover&endpoint_id=&since=soon&rate=many"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("2 fields need a change", "#f-since", "#f-rate", "value=\"soon\"");
    HttpResponse<String> missing = manager.get(path("/recovery/start?kind=recover&since="));
    assertThat(missing.body()).contains("#f-endpoint_id", "Endpoint: select one of the list");
    String old = "/recovery/start?kind=recover&since=2020-01-01T00:00&endpoint_id=" + endpoint.id();
    assertThat(manager.get(path(old)).body()).contains("older than the retention of 30 days");
    assertThat(manager.get(path("/recovery/start")).statusCode()).isEqualTo(422);
  }

  @Test
  void nothing_starts_while_webhooks_are_off_or_the_endpoint_is_paused() {
    TestEndpoint endpoint = missed(1);
    String question = show(question(endpoint, "replay_missing", ""));
    endpoint.patch("{\"paused\": true}");
    HttpResponse<String> paused = answer(question);
    assertThat(paused.statusCode()).isEqualTo(409);
    assertThat(paused.body()).contains("The endpoint is paused. Resume it on its page");
    company.setWebhooksEnabled(false);
    assertThat(answer(question).body()).contains("Switch on Use Webhooks, then repeat this");
    assertThat(show("/recovery"))
        .contains("Nothing can be recovered or replayed while webhooks are off")
        .doesNotContain("Replay missed</button>");
  }

  @Test
  void viewer_sees_jobs_without_buttons_and_other_companies_see_none() {
    TestEndpoint endpoint = missed(2);
    answer(show(question(endpoint, "replay_missing", "&rate=0.1")));
    Matcher cancel = CANCEL.matcher(show("/recovery"));
    assertThat(cancel.find()).isTrue();
    PageClient viewer = signIn("viewer");
    String html = viewer.get(path("/recovery")).body();
    assertThat(html.replaceAll("(?s)^.*<main", ""))
        .contains("Replay missed", "<progress")
        .doesNotContain("method=\"post\"", "Cancel job", "<button");
    assertThat(viewer.get(path(question(endpoint, "recover", ""))).statusCode()).isEqualTo(403);
    assertThat(viewer.post(cancel.group(1), Map.of()).statusCode()).isEqualTo(403);

    TestCompany other = TestCompany.create(company.api());
    PageClient foreign = PageClient.opened(baseUrl, PortalLinks.of(other, "manager"));
    String otherPage = other.path() + "/webhooks/recovery";
    assertThat(foreign.get(otherPage).body()).contains("No job has ended yet");
    String job = cancel.group(1).replace(company.path(), other.path());
    assertThat(foreign.post(job, Map.of()).statusCode()).isEqualTo(404);
    JsonNode jobs = company.api().get(company.path() + "/jobs").expect(200);
    assertThat(jobs.at("/data/0/status").asString()).isEqualTo("running");
  }
}
