package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import com.poolbrain.webhooks.web.access.SessionAccess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The tab Endpoints as a browser without JavaScript sees it.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class EndpointPagesTest {

  /// Nothing listens there.
  private static final String URL = "https://127.0.0.1:1/hook";

  private final RunningApplication service;
  private final ServiceClient api;
  private final URI baseUrl;

  EndpointPagesTest(RunningApplication service) {
    this.service = service;
    this.api = service.client();
    this.baseUrl = service.application().url();
  }

  private PageClient signedIn(TestCompany company, String role) {
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, role));
    browser.get(home(company));
    return browser;
  }

  private static String home(TestCompany company) {
    return company.path() + "/webhooks";
  }

  private static String path(TestCompany company, TestEndpoint endpoint) {
    return home(company) + "/endpoints/" + endpoint.id();
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private List<String> actions(TestCompany company) {
    JsonNode entries = api.get("/audit?limit=200&company_id=" + company.id()).expect(200);
    return StreamSupport.stream(entries.path("data").spliterator(), false)
        .map(entry -> entry.path("action").asString())
        .toList();
  }

  @Test
  void form_creates_an_endpoint_and_leads_to_its_setup() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = signedIn(company, "manager");
    String created =
        location(
            browser.postRaw(
                home(company) + "/endpoints",
                PageClient.encode(
                        Map.of(
                            "csrf",
                            browser.csrfToken(),
                            "url",
                            URL,
                            "description",
                            "CRM",
                            "timeout_seconds",
                            "7"))
                    + "&events=customer.created&events=job.one_time.created"
                    + "&name%3Ajob.one_time.created=job.created"));
    assertThat(created).matches(".*/endpoints/[0-9a-f-]{36}/setup\\?done=endpoint_created");
    assertThat(browser.get(created).body()).contains("Endpoint created", "Signing secret");
    JsonNode endpoint = api.get(company.path() + "/endpoints").expect(200).at("/data/0");
    assertThat(endpoint.path("events").toString())
        .isEqualTo("[\"customer.created\",\"job.created\"]");
    assertThat(endpoint.path("timeout_seconds").asInt()).isEqualTo(7);
  }

  @Test
  void invalid_form_keeps_what_was_typed_and_says_what_to_do() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = signedIn(company, "manager");
    HttpResponse<String> refused =
        browser.post(
            home(company) + "/endpoints",
            Map.of("url", "http://10.0.0.1/x", "description", "kept", "max_concurrency", "many"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("http://10.0.0.1/x", "kept", "Select at least one event", "Give a number")
        .contains("aria-invalid=\"true\"", "href=\"#f-events\"");
    assertThat(api.get(company.path() + "/endpoints").expect(200).path("data")).isEmpty();
  }

  @Test
  void stale_form_changes_nothing_and_names_what_was_changed() {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(URI.create(URL), "customer.created");
    PageClient browser = signedIn(company, "manager");
    String form = browser.get(path(company, endpoint) + "/edit").body();
    Matcher version = Pattern.compile("name=\"version\" value=\"([0-9]+)\"").matcher(form);
    assertThat(version.find()).isTrue();
    api.patch(endpoint.path(), "{\"description\": \"by another user\"}").expect(200);
    Map<String, String> fields =
        Map.of(
            "version",
            version.group(1),
            "url",
            URL,
            "events",
            "customer.created",
            "description",
            "mine");
    HttpResponse<String> refused = browser.post(path(company, endpoint), fields);
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(refused.body()).contains("was changed meanwhile", "description", "mine");
    assertThat(api.get(endpoint.path()).expect(200).path("description").asString())
        .isEqualTo("by another user");
  }

  @Test
  void url_is_checked_by_the_rules_and_by_a_probe_of_which_ten_a_minute_are_made() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = signedIn(company, "manager");
    String path = home(company) + "/endpoints/check-url";
    assertThat(browser.post(path, Map.of("url", "ftp://example.com")).body()).contains("https");
    assertThat(browser.post(path, Map.of("url", URL)).body()).contains("The URL can be saved");
    Map<String, String> probe = Map.of("url", URL, "probe", "true");
    for (int i = 0; i < 10; i++) {
      assertThat(browser.post(path, probe).body())
          .contains("No server accepts connections on this port.");
    }
    assertThat(browser.post(path, probe).body()).contains("ten URLs a minute");
  }

  @Test
  void test_send_shows_its_result_and_a_reload_sends_nothing() {
    TestCompany company = TestCompany.create(api);
    try (HttpsReceiver server = HttpsReceiver.answering(204)) {
      TestEndpoint endpoint = company.subscribe(server.url(), "customer.created");
      PageClient browser = signedIn(company, "manager");
      String result =
          location(browser.post(path(company, endpoint) + "/test", Map.of("from", "setup")));
      assertThat(browser.get(result).body()).contains("Delivered. Your server answered 204");
      assertThat(browser.get(result).body()).contains("Delivered. Your server answered 204");
      assertThat(server.webhooks()).hasSize(1);
    }
  }

  @Test
  void secret_is_masked_until_it_is_revealed_or_copied_and_both_are_audited() {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(URI.create(URL), "customer.created");
    PageClient browser = signedIn(company, "manager");
    assertThat(browser.get(path(company, endpoint)).body()).doesNotContain(endpoint.secret());
    assertThat(browser.post(path(company, endpoint) + "/secret/reveal", Map.of()).body())
        .contains(endpoint.secret());
    assertThat(browser.post(path(company, endpoint) + "/secret/copy", Map.of()).body())
        .isEqualTo(endpoint.secret());
    assertThat(actions(company)).filteredOn("secret.revealed"::equals).hasSize(2);
  }

  @Test
  void secret_is_rolled_activated_and_the_previous_one_revoked() {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(URI.create(URL), "customer.created");
    PageClient browser = signedIn(company, "manager");
    String secret = path(company, endpoint) + "/secret";
    String page = browser.get(location(browser.post(secret + "/roll", Map.of()))).body();
    assertThat(page).contains("Activate new secret", "Cancel roll").doesNotContain("Roll secret");
    page = browser.get(location(browser.post(secret + "/activate", Map.of()))).body();
    assertThat(page).contains("Revoke previous", "data-countdown");
    assertThat(browser.get(secret + "/revoke-previous").body()).contains("End the previous secret");
    page = browser.get(location(browser.post(secret + "/revoke-previous", Map.of()))).body();
    assertThat(page).contains("Roll secret");
    assertThat(browser.post(secret + "/revoke-previous", Map.of()).statusCode()).isEqualTo(409);
    assertThat(api.get(endpoint.path() + "/secret").expect(200).path("secret").asString())
        .isNotEqualTo(endpoint.secret());
  }

  @Test
  void endpoint_is_paused_resumed_and_deleted_by_its_host_name() {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(URI.create(URL), "customer.created");
    PageClient browser = signedIn(company, "manager");
    String path = path(company, endpoint);
    browser.post(path + "/paused", Map.of("paused", "true"));
    assertThat(browser.get(path).body()).contains("This endpoint is paused", "Resume");
    browser.post(path + "/paused", Map.of("paused", "false"));
    assertThat(browser.get(path).body()).doesNotContain("This endpoint is paused");
    assertThat(browser.get(path + "/delete").body()).contains("Type <b>127.0.0.1</b>");
    assertThat(browser.post(path + "/delete", Map.of("typed", "other")).statusCode())
        .isEqualTo(422);
    assertThat(browser.get(path).statusCode()).isEqualTo(200);
    assertThat(location(browser.post(path + "/delete", Map.of("typed", "127.0.0.1"))))
        .contains("done=endpoint_deleted");
    assertThat(browser.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void switching_off_asks_with_numbers_and_a_banner_says_so() {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(URI.create(URL), "customer.created");
    company.publishCustomerCreated(1);
    String id =
        company.listDeliveries("endpoint_id=" + endpoint.id()).getFirst().path("id").asString();
    company.awaitDelivery(id, "retrying");
    PageClient browser = signedIn(company, "manager");
    assertThat(browser.get(home(company) + "/turn-off").body())
        .contains("1 pending retry stops.", "can be replayed for 30 days");
    browser.post(home(company) + "/enabled", Map.of("enabled", "false"));
    assertThat(browser.get(home(company)).body()).contains("Webhooks are off");
    company.awaitDelivery(id, "skipped");
  }

  @Test
  void viewer_sees_no_button_that_changes_something_and_is_refused_every_request() {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(URI.create(URL), "customer.created");
    PageClient browser = signedIn(company, "viewer");
    for (String page : List.of(home(company), path(company, endpoint))) {
      String main = browser.get(page).body().replaceAll("(?s)^.*<main", "");
      assertThat(main)
          .doesNotContain("method=\"post\"", "/edit", "/delete", "Signing secret", "Add endpoint");
    }
    JsonNode before = api.get(endpoint.path()).expect(200);
    var softly = new SoftAssertions();
    for (HttpRoute route : service.application().pageRoutes()) {
      if (route.access() instanceof SessionAccess.OfCompany(Operation operation, _)
          && !operation.scopes().contains(Scope.READ)) {
        String path =
            route
                .path()
                .replace("{company_id}", Long.toString(company.id()))
                .replace("{endpoint_id}", endpoint.id())
                .replaceAll("\\{[a-z_]+}", "0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d");
        HttpResponse<String> response =
            route.method().equals("GET") ? browser.get(path) : browser.post(path, Map.of());
        softly.assertThat(response.statusCode()).as(path).isEqualTo(403);
        softly.assertThat(response.body()).as(path).contains("Your role is viewer");
      }
    }
    softly.assertAll();
    assertThat(api.get(endpoint.path()).expect(200)).isEqualTo(before);
    assertThat(actions(company)).doesNotContain("secret.revealed");
  }

  @Test
  void hostile_text_is_shown_as_text() {
    TestCompany company = TestCompany.create(api);
    String hostile = "<script>alert(1)</script>\" onload=x ' </textarea><img src=x>";
    String name = "<b>Pools</b> & \\\"co\\\"";
    api.put(company.path(), "{\"name\": \"%s\"}".formatted(name)).expect(200);
    TestEndpoint endpoint =
        company.createEndpoint(
            "{\"url\": \"https://127.0.0.1:1/%%3Cscript%%3E?a='\", \"events\": [\"customer.created\"], \"description\": \"%s\"}"
                .formatted(hostile.replace("\"", "\\\"")));
    PageClient browser = signedIn(company, "manager");
    for (String page :
        List.of(
            home(company),
            path(company, endpoint),
            path(company, endpoint) + "/edit",
            path(company, endpoint) + "/setup",
            path(company, endpoint) + "/delete")) {
      String body = browser.get(page).body();
      assertThat(body).as(page).doesNotContain("<script>alert", "<img src", "<b>Pools");
    }
    String refused =
        browser
            .post(home(company) + "/endpoints", Map.of("url", hostile, "description", hostile))
            .body();
    assertThat(refused)
        .doesNotContain("<script>alert", "<img src")
        .contains("&lt;script", "&#34; onload");
  }
}
