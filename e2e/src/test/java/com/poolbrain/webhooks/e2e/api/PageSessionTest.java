package com.poolbrain.webhooks.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// When a session of the page ends, and what protects its cookie. Time passes by setting the stored
/// times back.
class PageSessionTest {

  private static final String HOST_APP = "https://app.poolbrain.example";

  @AutoClose private static final TestDatabase DATABASE = TestServer.EMBEDDED_18.createDatabase();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(RunningService.environmentOn(DATABASE.settings()));

  private static final AdminSql SQL = new AdminSql(DATABASE.settings());

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  private static URI newLink(RunningService service, TestCompany company) {
    String link =
        company
            .api()
            .post(company.path() + "/portal-links", "{\"role\": \"manager\", \"user\": \"Dana\"}")
            .expect(201)
            .path("url")
            .asString();
    // A public URL may be one that leads nowhere in a test.
    return service.url().resolve(URI.create(link).getPath());
  }

  private HttpResponse<String> get(URI uri, String cookie) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    try {
      return client.send(
          (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String setCookie(URI link) {
    return get(link, "").headers().firstValue("Set-Cookie").orElseThrow();
  }

  private int statusOfPage(TestCompany company, String cookie) {
    return get(SERVICE.url().resolve(company.path() + "/webhooks"), cookie).statusCode();
  }

  private String openSession(TestCompany company) {
    String cookie = setCookie(newLink(SERVICE, company)).split(";", -1)[0];
    assertThat(statusOfPage(company, cookie)).isEqualTo(200);
    return cookie;
  }

  private static void setBack(TestCompany company, String column, String interval) {
    SQL.execute(
        "update session set %1$s = %1$s - interval '%2$s' where company_id = %3$d"
            .formatted(column, interval, company.id()));
  }

  @Test
  void session_ends_eight_hours_after_its_last_use() {
    TestCompany company = SERVICE.createCompany();
    String cookie = openSession(company);
    setBack(company, "last_used_at", "7 hours 59 minutes");
    assertThat(statusOfPage(company, cookie)).isEqualTo(200);
    setBack(company, "last_used_at", "7 hours 59 minutes"); // since that use
    assertThat(statusOfPage(company, cookie)).isEqualTo(200);
    setBack(company, "last_used_at", "8 hours 1 minute");
    assertThat(statusOfPage(company, cookie)).isEqualTo(403);
  }

  @Test
  void session_ends_after_thirty_days_however_often_it_is_used() {
    TestCompany company = SERVICE.createCompany();
    String cookie = openSession(company);
    setBack(company, "expires_at", "29 days 23 hours");
    assertThat(statusOfPage(company, cookie)).isEqualTo(200);
    setBack(company, "expires_at", "1 hour");
    assertThat(statusOfPage(company, cookie)).isEqualTo(403);
  }

  @Test
  void link_opens_nothing_after_five_minutes() {
    TestCompany company = SERVICE.createCompany();
    URI link = newLink(SERVICE, company);
    SQL.execute(
        "update portal_link set expires_at = expires_at - interval '5 minutes' where company_id = "
            + company.id());
    HttpResponse<String> response = get(link, "");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("This link is not valid");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void session_of_one_company_ends_with_it() {
    TestCompany company = SERVICE.createCompany();
    String cookie = openSession(company);
    SERVICE.api().delete(company.path()).expect(202);
    Await.until(
        "the session has ended", () -> statusOfPage(company, cookie), status -> status == 403);
  }

  @Test
  void cookie_over_https_is_bound_to_its_host() {
    try (TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(database.settings())
                    .with("WEBHOOKS_PUBLIC_URL", "https://hooks.poolbrain.example"))) {
      TestCompany company = service.createCompany();
      assertThat(setCookie(newLink(service, company)))
          .startsWith("__Host-webhooks-" + company.id() + "=")
          .contains("Path=/;", "HttpOnly", "SameSite=Lax; Secure", "Max-Age=2592000")
          .doesNotContain("Domain", "Partitioned");
    }
  }

  @Test
  void page_is_embedded_by_named_origins_alone() {
    try (TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(database.settings())
                    .with("WEBHOOKS_PUBLIC_URL", "https://hooks.poolbrain.example")
                    .with("WEBHOOKS_EMBED_ORIGINS", HOST_APP))) {
      TestCompany company = service.createCompany();
      String setCookie = setCookie(newLink(service, company));
      assertThat(setCookie)
          .startsWith("__Host-webhooks-" + company.id() + "=")
          .contains("Path=/;", "HttpOnly", "SameSite=None; Secure; Partitioned");
      HttpResponse<String> page =
          get(service.url().resolve(company.path() + "/webhooks"), setCookie.split(";", -1)[0]);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .endsWith("frame-ancestors " + HOST_APP);
      assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
    }
  }
}
