package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import com.poolbrain.webhooks.web.access.SessionAccess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Who gets in, with what, and for how long.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class PageAccessTest {

  private final RunningApplication service;
  private final ServiceClient api;
  private final URI baseUrl;

  PageAccessTest(RunningApplication service) {
    this.service = service;
    this.api = service.client();
    this.baseUrl = service.application().url();
  }

  private PageClient browser() {
    return new PageClient(baseUrl);
  }

  private static String home(TestCompany company) {
    return company.path() + "/webhooks";
  }

  @Test
  void link_opens_the_page_of_its_company_once() {
    TestCompany company = TestCompany.create(api);
    String link = PortalLinks.of(company, "manager");
    PageClient browser = browser();
    HttpResponse<String> opened = browser.get(URI.create(link).getPath());
    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Location")).contains(home(company));
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("webhooks-" + company.id() + "=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/");
    assertThat(browser.get(home(company)).statusCode()).isEqualTo(200);
    assertThat(browser().get(URI.create(link).getPath()).statusCode()).isEqualTo(410);
  }

  @Test
  void link_that_is_opened_by_many_at_once_starts_one_session() {
    TestCompany company = TestCompany.create(api);
    String path = URI.create(PortalLinks.of(company, "viewer")).getPath();
    List<CompletableFuture<Integer>> opened =
        IntStream.range(0, 8)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> browser().get(path).statusCode()))
            .toList();
    assertThat(opened.stream().map(CompletableFuture::join).sorted().toList())
        .containsExactly(303, 410, 410, 410, 410, 410, 410, 410);
  }

  @Test
  void head_request_does_not_use_a_link_up() {
    TestCompany company = TestCompany.create(api);
    String path = URI.create(PortalLinks.of(company, "viewer")).getPath();
    assertThat(browser().head(path).headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(browser().get(path).statusCode()).isEqualTo(303);
  }

  @Test
  void tampered_or_foreign_link_is_refused() {
    TestCompany company = TestCompany.create(api);
    TestCompany other = TestCompany.create(api);
    String path = URI.create(PortalLinks.of(company, "viewer")).getPath();
    String foreign = path.replace(company.path() + "/", other.path() + "/");
    for (String wrong : List.of(foreign, path + "A", path.substring(0, path.length() - 1))) {
      assertThat(browser().get(wrong).statusCode()).as(wrong).isEqualTo(403);
    }
    assertThat(browser().get(path).statusCode()).isEqualTo(303);
  }

  @Test
  void link_of_a_revoked_key_is_refused_and_its_sessions_end() {
    TestCompany company = TestCompany.create(api);
    JsonNode key =
        api.post("/keys", "{\"name\": \"host app\", \"scopes\": [\"manage\"]}").expect(201);
    ServiceClient host = api.withKey(key.path("key").asString());
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(host, company, "manager"));
    String unused = URI.create(PortalLinks.of(host, company, "manager")).getPath();
    assertThat(browser.get(home(company)).statusCode()).isEqualTo(200);
    api.delete("/keys/" + key.path("id").asString()).expectNoContent();
    assertThat(browser.get(home(company)).statusCode()).isEqualTo(403);
    assertThat(browser().get(unused).statusCode()).isEqualTo(403);
  }

  @Test
  void session_ends_when_the_user_signs_out() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, "viewer"));
    browser.get(home(company));
    Map<String, String> cookies = Map.copyOf(browser.cookies());
    assertThat(browser.post(home(company) + "/sign-out", Map.of()).statusCode()).isEqualTo(200);
    assertThat(browser.cookies()).isEmpty();
    browser.cookies().putAll(cookies);
    assertThat(browser.get(home(company)).statusCode()).isEqualTo(403);
  }

  @Test
  void form_of_an_ended_session_shows_what_was_typed_without_secrets() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, "manager"));
    browser.get(home(company));
    Map<String, String> cookies = Map.copyOf(browser.cookies());
    browser.post(home(company) + "/sign-out", Map.of());
    browser.cookies().putAll(cookies);
    Map<String, String> fields =
        Map.of(
            "url", "https://a.example/<b>",
            "description", "kept words",
            "version", "31",
            "new_secret", "whsec_typed");

    HttpResponse<String> refused = browser.post(home(company) + "/endpoints", fields);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("HX-Push-Url")).contains("false");
    assertThat(refused.body())
        .contains("Your session has ended", "Nothing was changed", "https://a.example/&lt;b")
        .contains("<dt>Description</dt>", "data-kept=\"description\" dir=\"auto\">kept words</dd>")
        .contains("hidden data-kept=\"version\" dir=\"auto\">31</dd>")
        .doesNotContain("whsec_typed", browser.csrfToken());
    assertThat(api.get(company.path() + "/endpoints").expect(200).path("data")).isEmpty();

    HttpResponse<String> button = browser.post(home(company) + "/enabled", Map.of());
    assertThat(button.statusCode()).isEqualTo(403);
    assertThat(button.body()).contains("Your session has ended").doesNotContain("What you typed");
    assertThat(browser.get(home(company) + "/endpoints/new").statusCode()).isEqualTo(403);
    browser.cookies().clear();
    assertThat(browser.post(home(company) + "/endpoints", fields).body())
        .contains("You are not signed in here")
        .doesNotContain("kept words");
  }

  @Test
  void unknown_path_is_a_page_for_browsers_and_json_for_programs() {
    for (String path : List.of("/nowhere", "/companies", "/openapi.jsn")) {
      HttpResponse<String> page =
          browser().get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
      assertThat(page.statusCode()).as(path).isEqualTo(404);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body()).contains("There is no such page", "Nothing is at this address");
      HttpResponse<String> json = browser().get(path, "Accept", "*/*");
      assertThat(json.statusCode()).as(path).isEqualTo(404);
      assertThat(json.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    HttpResponse<String> api = browser().get("/api/v1/nowhere", "Accept", "text/html");
    assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void two_companies_in_one_browser_never_see_each_other() {
    TestCompany company = TestCompany.create(api);
    TestCompany other = TestCompany.create(api);
    TestEndpoint endpoint =
        company.subscribe(URI.create("https://127.0.0.1:1/hook"), "customer.created");
    company.publishCustomerCreated(1);
    String delivery = endpoint.listDeliveries().getFirst().path("id").asString();
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, "manager"));
    browser.get(URI.create(PortalLinks.of(other, "manager")).getPath());
    assertThat(browser.get(home(company)).statusCode()).isEqualTo(200);
    assertThat(browser.get(home(other)).statusCode()).isEqualTo(200);
    String own = browser.cookies().get("webhooks-" + other.id());
    browser.cookies().put("webhooks-" + company.id(), own); // as if the cookies were swapped
    var softly = new SoftAssertions();
    for (HttpRoute route : companyRoutes()) {
      String existing =
          route
              .path()
              .replace("{endpoint_id}", endpoint.id())
              .replace("{delivery_id}", delivery)
              .replace("{name}", "customer.created");
      String path = fillIn(existing, company);
      HttpResponse<String> response =
          route.method().equals("GET") ? browser.get(path) : browser.post(path, Map.of());
      softly.assertThat(response.statusCode()).as(route.method() + " " + path).isIn(403, 404);
      softly.assertThat(response.body()).as(path).doesNotContain("127.0.0.1");
    }
    softly.assertAll();
  }

  @Test
  void every_route_of_a_company_refuses_a_request_without_a_session() {
    TestCompany company = TestCompany.create(api);
    var softly = new SoftAssertions();
    for (HttpRoute route : companyRoutes()) {
      String path = fillIn(route.path(), company);
      HttpResponse<String> response =
          route.method().equals("GET") ? browser().get(path) : browser().post(path, Map.of());
      softly.assertThat(response.statusCode()).as(route.method() + " " + path).isEqualTo(403);
    }
    softly.assertAll();
  }

  @Test
  void every_form_refuses_a_missing_or_foreign_csrf_token() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, "manager"));
    PageClient foreign = PageClient.opened(baseUrl, PortalLinks.of(company, "manager"));
    browser.get(home(company));
    foreign.get(home(company));
    assertThat(foreign.csrfToken()).isNotEmpty().isNotEqualTo(browser.csrfToken());
    var softly = new SoftAssertions();
    for (HttpRoute route : companyRoutes()) {
      if (route.method().equals("POST")) {
        String path = fillIn(route.path(), company);
        for (String token : List.of("", "x", foreign.csrfToken())) {
          softly
              .assertThat(browser.post(path, Map.of("csrf", token)).statusCode())
              .as(path)
              .isEqualTo(403);
        }
      }
    }
    softly.assertAll();
    assertThat(browser.get(home(company)).statusCode()).isEqualTo(200);
  }

  @Test
  void every_page_bears_the_headers_that_protect_it() {
    TestCompany company = TestCompany.create(api);
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, "manager"));
    for (String path : List.of(home(company), "/support", "/companies/1/webhooks")) {
      var headers = browser.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void session_is_audited_with_its_user_and_key() {
    TestCompany company = TestCompany.create(api);
    PageClient.opened(baseUrl, PortalLinks.of(company, "viewer"));
    JsonNode entry =
        api.get("/audit?action=session.started&company_id=" + company.id())
            .expect(200)
            .at("/data/0");
    assertThat(entry.path("actor").asString())
        .matches("user:dana@clearwater\\.example via key:[0-9a-f-]{36}");
    assertThat(entry.at("/after/role").asString()).isEqualTo("viewer");
    assertThat(entry.path("from_address").asString()).isEqualTo("127.0.0.1");
  }

  @Test
  void operator_signs_in_at_support_and_out_again() {
    PageClient browser = browser();
    browser.get("/support");
    HttpResponse<String> started =
        browser.post("/support/sign-in", Map.of("key", operatorKey("operator")));
    assertThat(started.statusCode()).isEqualTo(303);
    assertThat(browser.cookies()).containsKey("webhooks-support");
    assertThat(browser.get("/support").body()).contains("Sign out");
    assertThat(browser.get("/").headers().firstValue("Location")).contains("/support");
    assertThat(browser.post("/support/sign-out", Map.of()).statusCode()).isEqualTo(200);
    assertThat(browser.get("/support").body()).contains("Sign in");
  }

  @Test
  void only_operators_sign_in_at_support() {
    PageClient browser = browser();
    browser.get("/support");
    for (String key : List.of(operatorKey("manage"), "pbk_unknown-but-long-enough", "")) {
      assertThat(browser.post("/support/sign-in", Map.of("key", key)).statusCode()).isEqualTo(403);
    }
    browser.cookies().clear();
    assertThat(
            browser.post("/support/sign-in", Map.of("key", operatorKey("operator"))).statusCode())
        .as("without the cookie of the form")
        .isEqualTo(403);
  }

  @Test
  void root_leads_to_the_documentation_or_the_page() {
    TestCompany company = TestCompany.create(api);
    assertThat(browser().get("/").headers().firstValue("Location")).contains("/docs");
    PageClient browser = PageClient.opened(baseUrl, PortalLinks.of(company, "viewer"));
    assertThat(browser.get("/").headers().firstValue("Location")).contains(home(company));
  }

  private String operatorKey(String scope) {
    return api.post("/keys", "{\"name\": \"k\", \"scopes\": [\"%s\"]}".formatted(scope))
        .expect(201)
        .path("key")
        .asString();
  }

  private List<HttpRoute> companyRoutes() {
    List<HttpRoute> routes =
        service.application().pageRoutes().stream()
            .filter(route -> route.access() instanceof SessionAccess.OfCompany)
            .toList();
    assertThat(routes).isNotEmpty();
    return routes;
  }

  static String fillIn(String path, TestCompany company) {
    return path.replace("{company_id}", Long.toString(company.id()))
        .replaceAll("\\{[a-z_]+}", "0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d");
  }
}
