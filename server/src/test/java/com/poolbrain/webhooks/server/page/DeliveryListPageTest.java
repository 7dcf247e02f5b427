package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tab Deliveries.
@Tag("slow")
class DeliveryListPageTest extends DeliveryPageFixture {

  DeliveryListPageTest(RunningApplication service) {
    super(service);
  }

  private void publishAndAwait(int count) {
    for (int i = 0; i < count; i++) {
      publishCustomer(i);
    }
    Await.until(
        count + " deliveries",
        () -> company.listDeliveries("status=delivered"),
        found -> found.size() == count);
  }

  @Test
  void log_without_deliveries_says_so() {
    assertThat(show("/deliveries")).contains("No deliveries yet").doesNotContain("<table");
  }

  @Test
  void row_shows_state_result_attempts_and_the_countdown_of_the_retry() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/in?t=1"), "customer.created");
    receiver.respondWith(503);
    String id = deliver("retrying");
    String html = show("/deliveries");
    assertThat(html)
        .contains("aria-label=\"Deliveries\"", "retrying", "503", "server_error", ">1/2</span>")
        .contains("data-countdown", receiver.url("/in?t=1").toString())
        .contains("pips__bad", "pips__next");
    assertThat(rows(html)).containsExactly(path("/deliveries/" + id));
    receiver.respondWith(204);
    endpoint.redeliver(id).expect(202);
    company.awaitDelivery(id, "delivered");
    assertThat(show("/deliveries")).contains("204", ">manual</span>", ">1/2</span>");
  }

  @Test
  void grouped_and_test_deliveries_bear_tags_and_skipped_ones_their_reason() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/g"), "customer.created");
    company.publish(
        "customer.created",
        "[{\"customerId\": 1, \"displayName\": \"A\"}, {\"customerId\": 2, \"displayName\": \"B\"}]");
    endpoint.awaitDeliveries(1, "delivered");
    assertThat(show("/deliveries")).contains("×2 grouped");
    company.api().post(endpoint.path() + "/test", "").expect(200);
    assertThat(show("/deliveries?trigger=test")).contains(">test</span>", ">1/1</span>");
    endpoint.patch("{\"paused\": true}");
    publishCustomer(3);
    assertThat(show("/deliveries?status=skipped")).contains("endpoint_paused", ">0/2</span>");
  }

  @Test
  void import_of_50_000_rows_is_shown_grouped_and_hides_nothing() {
    company.subscribe(receiver.url("/c"), "customer.created");
    publishCustomer(1);
    for (int request = 0; request < 5; request++) {
      company.publish(
          "customer.created",
          IntStream.range(request * 10_000, (request + 1) * 10_000)
              .mapToObj(i -> "{\"customerId\": %d, \"displayName\": \"I\"}".formatted(i))
              .collect(Collectors.joining(",", "[", "]")));
    }
    publishCustomer(2);
    Await.until(
        "the deliveries of 50,002 rows",
        () -> company.listDeliveries(),
        found -> found.stream().mapToInt(row -> row.path("items").asInt()).sum() == 50_002);

    assertThat(company.listDeliveries("grouped=true")).hasSizeBetween(500, 600);
    assertThat(show("/deliveries")).contains("×100 grouped");
    String html = show("/deliveries?grouped=false");
    assertThat(rows(html)).hasSize(2);
    assertThat(html)
        .contains("Filter </span>Grouped: without grouped", "<option value=\"false\" selected>")
        .doesNotContain("×");
    assertThat(rows(show("/deliveries?grouped=true"))).hasSize(50);
    assertThat(manager.get(path("/deliveries?grouped=maybe")).statusCode()).isEqualTo(422);
  }

  @Test
  void filters_of_the_url_select_rows_and_become_chips_that_can_be_removed() {
    TestEndpoint customers = company.subscribe(receiver.url("/c"), "customer.created");
    company.subscribe(receiver.url("/j"), "job.Deleted");
    String event = publishCustomer(77);
    company.publish("job.one_time.deleted", "{\"jobNumber\": \"J-9\", \"jobTitle\": \"x\"}");
    Await.until(
        "2 deliveries", () -> company.listDeliveries("status=delivered"), all -> all.size() == 2);
    List<String> all = rows(show("/deliveries"));
    String job = all.get(0);
    String customer = all.get(1);

    assertThat(rows(show("/deliveries?event=JOB.DELETED"))).containsExactly(job);
    assertThat(rows(show("/deliveries?endpoint_id=" + customers.id()))).containsExactly(customer);
    assertThat(rows(show("/deliveries?q=" + event))).containsExactly(customer);
    assertThat(rows(show("/deliveries?result=2xx&trigger=automatic"))).isEqualTo(all);
    assertThat(rows(show("/deliveries?status=delivered&to=2999-01-01T00:00:00Z"))).isEqualTo(all);

    String filtered = show("/deliveries?status=retrying&event=customer.created");
    assertThat(filtered)
        .contains("No delivery matches", "Clear filters", "Filter </span>Status: retrying")
        .contains("<option value=\"retrying\" selected>")
        .doesNotContain("<table");
    assertThat(filtered)
        .contains(
            "href=\""
                + path("/deliveries?event=customer.created")
                + "\" aria-label=\"Remove filter Status: retrying\"");
  }

  @Test
  void form_leads_to_the_url_that_means_the_same_everywhere() {
    HttpResponse<String> response =
        manager.get(path("/deliveries?q=&status=&from=2026-02-13T06:42&to=2026-02-13T06:43&x="));
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location").orElseThrow())
        .isEqualTo(path("/deliveries?from=2026-02-13T06:42:00Z&to=2026-02-13T06:43:59.999Z"));
    assertThat(show("/deliveries?from=2026-02-13T06:42:00Z"))
        .contains("value=\"2026-02-13T06:42\"", "From: 13 Feb 2026, 06:42:00 UTC");
    assertThat(show("/deliveries?from=2026-02-13T06:42:07.250Z&to=2026-02-13T06:43:59.999Z"))
        .as("the same instants when the form is sent again")
        .contains("value=\"2026-02-13T06:42:07.25\"", "value=\"2026-02-13T06:43\"");
  }

  @Test
  void invalid_filters_are_named_and_what_was_typed_stays() {
    HttpResponse<String> response =
        manager.get(path("/deliveries?status=done&from=yesterday&event=customer.craeted&result=x"));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body())
        .contains("4 fields need a change", "customer.created", "value=\"yesterday\"")
        .contains("href=\"#f-status\"", "<option value=\"done\" selected>")
        .doesNotContain("<table");
  }

  @Test
  void pages_lead_to_older_and_newer_ones_without_a_gap() {
    company.subscribe(receiver.url("/c"), "customer.created");
    publishAndAwait(120);
    List<String> collected = new ArrayList<>();
    String html = show("/deliveries?status=delivered");
    List<String> first = rows(html);
    assertThat(html).doesNotContain("rel=\"prev\"");
    collected.addAll(first);
    html = follow(link(html, "Older"));
    List<String> second = rows(html);
    collected.addAll(second);
    html = follow(link(html, "Older"));
    assertThat(html).doesNotContain("rel=\"next\"");
    collected.addAll(rows(html));
    assertThat(collected).hasSize(120).doesNotHaveDuplicates();
    html = follow(link(html, "Newer"));
    assertThat(rows(html)).isEqualTo(second);
    assertThat(rows(follow(link(html, "Newer")))).isEqualTo(first);
  }

  private String follow(String path) {
    assertThat(path).startsWith(path("/deliveries?"));
    return show(path.substring(path("").length()));
  }

  @Test
  void broken_position_shows_the_first_page() {
    company.subscribe(receiver.url("/c"), "customer.created");
    publishAndAwait(1);
    for (String position : List.of("x", "..", "A".repeat(22) + ".", "%00", "A".repeat(2_000))) {
      assertThat(rows(show("/deliveries?page=" + position))).as(position).hasSize(1);
    }
    assertThat(show("/deliveries?page=" + "A".repeat(22))).contains("No older deliveries");
  }

  @Test
  void search_text_and_descriptions_are_shown_as_text() {
    String hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=%00%E2%80%AE";
    String html = manager.get(path("/deliveries?q=" + hostile + "&status=%3Cb%3E")).body();
    assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("<script>a");
    assertThat(html).doesNotContain("<b>", "\0");
  }

  @Test
  void viewer_sees_the_log_and_another_company_does_not() {
    company.subscribe(receiver.url("/c"), "customer.created");
    publishAndAwait(1);
    assertThat(signIn("viewer").get(path("/deliveries")).body())
        .contains("aria-label=\"Deliveries\"");
    PageClient other = signIn("manager");
    other.cookies().replaceAll((name, value) -> value + "x");
    assertThat(other.get(path("/deliveries")).statusCode()).isEqualTo(403);
  }

  @Test
  void export_is_a_form_that_works_without_javascript_and_keeps_the_filters() {
    TestEndpoint endpoint = company.subscribe(receiver.url("/c"), "customer.created");
    publishAndAwait(3);
    String filters = "?endpoint_id=" + endpoint.id() + "&status=delivered&event=customer.created";
    String html = show("/deliveries" + filters);
    assertThat(html)
        .contains("action=\"" + path("/deliveries/export") + "\" hx-boost=\"false\"")
        .contains("<input type=\"hidden\" name=\"status\" value=\"delivered\">", "</svg>Export<");
    HttpResponse<String> csv =
        signIn("viewer").get(path("/deliveries/export" + filters + "&format=csv"));
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    assertThat(csv.body().lines()).hasSize(5);
    assertThat(csv.body().lines().toList().getLast()).startsWith("# complete: 3 rows,");
    assertThat(manager.get(path("/deliveries/export?format=json&status=retrying")).body())
        .contains("\"count\":0");
  }

  @Test
  void export_with_an_invalid_filter_says_where_to_begin() {
    for (String query : List.of("?format=csv&status=%3Cb%3E", "?format=xml", "")) {
      HttpResponse<String> refused = manager.get(path("/deliveries/export" + query));
      assertThat(refused.statusCode()).as(query).isEqualTo(422);
      assertThat(refused.body()).as(query).contains("Go back to the list").doesNotContain("<b>");
    }
  }
}
