package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The charts of an endpoint show its statistics, and what they count is found in the log.
class ChartStoryTest {

  private static final int DELIVERED = 6;
  private static final int FAILED = 3;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();
  private static final HttpsReceiver RECEIVER = HttpsReceiver.answering(204);
  private static final TestCompany COMPANY = SERVICE.createCompany();
  private static final TestEndpoint ENDPOINT =
      COMPANY.subscribe(RECEIVER.url("/crm"), "customer.created", "job.one_time.created");
  private static final String HOME = SERVICE.url() + COMPANY.path() + "/webhooks";
  private static final String PAGE = HOME + "/endpoints/" + ENDPOINT.id();

  private static JsonNode statistics = statistics("24h");

  @BeforeAll
  static void deliverAndFail() {
    for (int i = 0; i < DELIVERED; i++) {
      COMPANY.publishCustomerCreated(i);
    }
    ENDPOINT.awaitDeliveries(DELIVERED, "delivered");
    RECEIVER.respondWith(500);
    for (int i = 0; i < FAILED; i++) {
      COMPANY.publish("job.one_time.created", "{\"jobNumber\": \"JOB-%d\"}".formatted(i));
    }
    statistics =
        Await.until(
            "all deliveries are counted",
            () -> statistics("24h"),
            found ->
                sum(found, "delivered") == DELIVERED && sum(found, "permanently_failed") == FAILED);
  }

  @AfterAll
  static void closeReceiver() {
    RECEIVER.close();
  }

  private static JsonNode statistics(String window) {
    return SERVICE.api().get(ENDPOINT.path() + "/stats?window=" + window).expect(200);
  }

  private static long sum(JsonNode statistics, String count) {
    return buckets(statistics).mapToLong(bucket -> bucket.path(count).asLong()).sum();
  }

  private static PortalVisit viewer() {
    return PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), COMPANY, "viewer");
  }

  private static Stream<JsonNode> buckets(JsonNode found) {
    return StreamSupport.stream(found.path("buckets").spliterator(), false);
  }

  /// The hour in which most deliveries were accepted.
  private static JsonNode busiestHour() {
    return buckets(statistics).max(Comparator.comparingLong(ChartStoryTest::ended)).orElseThrow();
  }

  private static Instant start(JsonNode bucket) {
    return Instant.parse(bucket.path("start").asString());
  }

  /// How bars and rows of an hour begin.
  private static Locator.FilterOptions ofHour(JsonNode bucket) {
    return new Locator.FilterOptions()
        .setHasText("%tR to ".formatted(start(bucket).atOffset(ZoneOffset.UTC)));
  }

  private static long ended(JsonNode bucket) {
    return bucket.path("delivered").asLong() + bucket.path("permanently_failed").asLong();
  }

  private static Locator logRows(Page page) {
    return page.locator("table[aria-label='Deliveries'] tbody tr");
  }

  @Test
  void numbers_on_the_page_are_those_of_the_statistics() {
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      page.navigate(PAGE);
      assertThat(page.locator("figure[aria-labelledby=outcomes] .legend li"))
          .hasText(
              new String[] {
                "first attempt 6", "after retry 0", "permanently failed 3", "skipped 0"
              });
      assertThat(page.locator(".stats")).containsText("66.7 % of 9");
      page.getByText("Show as table").click();
      Locator rows = page.locator(".table--numbers tbody tr");
      assertThat(rows).hasCount(24);
      for (JsonNode bucket : buckets(statistics).toList()) {
        List<String> cells = rows.filter(ofHour(bucket)).locator("td").allInnerTexts();
        assertThat(cells.subList(0, 6))
            .as("%s", start(bucket))
            .containsExactly(
                bucket.path("delivered").asString(),
                bucket.path("after_retry").asString(),
                bucket.path("permanently_failed").asString(),
                bucket.path("skipped").asString(),
                bucket.path("failed_attempts").asString(),
                bucket.path("items").asString());
      }
    }
  }

  @Test
  void bar_leads_to_the_deliveries_of_its_hour() {
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      JsonNode hour = busiestHour();
      int deliveries = (int) ended(hour);
      page.navigate(PAGE);
      page.locator("figure[aria-labelledby=outcomes] svg a").filter(ofHour(hour)).click();
      assertThat(page)
          .hasURL(
              Pattern.compile(
                  "/deliveries\\?endpoint_id=%s&from=%s&to=%s$"
                      .formatted(
                          ENDPOINT.id(), start(hour), start(hour).plusMillis(60 * 60_000 - 1))));
      assertThat(logRows(page)).hasCount(deliveries);

      page.goBack();
      page.locator("figure[aria-labelledby=response-time] svg a").filter(ofHour(hour)).click();
      assertThat(logRows(page)).hasCount(deliveries);

      page.goBack();
      page.getByText("Show as table").click();
      page.locator(".table--numbers tbody a").filter(ofHour(hour)).click();
      assertThat(logRows(page)).hasCount(deliveries);
    }
  }

  @Test
  void answers_and_events_lead_to_their_deliveries() {
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      page.navigate(PAGE);
      assertThat(page.locator(".meter").first()).containsText("500 server_error");
      visit.link("500").click();
      assertThat(page.getByText("Result: 500")).isVisible();
      assertThat(logRows(page)).hasCount(FAILED);

      page.navigate(PAGE);
      page.locator(".meter a").getByText("customer.created").click();
      assertThat(page.getByText("Event: customer.created")).isVisible();
      assertThat(logRows(page)).hasCount(DELIVERED);
    }
  }

  @Test
  void period_is_swapped_in_place_and_stays_in_the_url() {
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      page.navigate(PAGE);
      page.evaluate("document.querySelector('h1').dataset.kept = 'true'");
      Locator month = visit.link("30 d");
      month.click();
      assertThat(page).hasURL(PAGE + "?window=30d");
      assertThat(month).hasAttribute("aria-current", "true");
      assertThat(month).isFocused();
      assertThat(page.locator("figure[aria-labelledby=outcomes] svg a")).hasCount(30);
      assertThat(page.locator("h1[data-kept]")).isVisible();
      page.reload();
      assertThat(month).hasAttribute("aria-current", "true");
      page.goBack();
      assertThat(visit.link("24 h")).hasAttribute("aria-current", "true");
    }
  }

  @Test
  void period_is_chosen_without_javascript() {
    var options = new Browser.NewContextOptions().setJavaScriptEnabled(false);
    try (PortalVisit visit = PortalVisit.open(BROWSERS, options, COMPANY, "viewer")) {
      Page page = visit.page();
      page.navigate(PAGE + "?window=century");
      assertThat(visit.link("24 h")).hasAttribute("aria-current", "true");
      visit.link("1 h").click();
      assertThat(page.locator("figure[aria-labelledby=outcomes] svg a")).hasCount(12);
      visit.link("7 d").click();
      assertThat(page.locator("figure[aria-labelledby=outcomes] svg a")).hasCount(168);
    }
  }

  @Test
  void list_shows_the_last_day_of_each_endpoint() {
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      page.navigate(HOME);
      assertThat(page.locator("td.c-spark svg"))
          .hasAttribute(
              "aria-label", "Last 24 hours: 6 delivered, 12 attempts failed, 3 permanently failed");
      page.locator(".stats").getByText("3", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(page).hasURL(Pattern.compile("status=permanently_failed&from="));
      assertThat(logRows(page)).hasCount(FAILED);
    }
  }
}
