package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Support finds the whole story of an event with what the guide tells customers to send.
class SupportStoryTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private final HttpsReceiver receiver = HttpsReceiver.answering(503);
  private final TestCompany company = SERVICE.createCompany();
  private final TestEndpoint endpoint = company.subscribe(receiver.url("/crm"), "customer.created");
  private final PortalVisit visit =
      PortalVisit.open(BROWSERS, new Browser.NewContextOptions().setTimezoneId("Asia/Tokyo"));

  private String event = "";

  @BeforeEach
  void failPermanently() {
    company.subscribe(receiver.url("/jobs"), "job.one_time.created");
    event = company.publishCustomerCreated(1001);
    endpoint.awaitOnlyDelivery("permanently_failed");
    SERVICE.api().post(endpoint.path() + "/secret/roll", "").expect(200);
  }

  @AfterEach
  void close() {
    receiver.close();
    visit.close();
  }

  private void assertTimelineWithoutSecrets() {
    Page page = visit.page();
    assertThat(page.locator(".card__head").first()).containsText("Went to 1 of 2 endpoints");
    Locator why = page.locator("table");
    assertThat(why.locator("tbody tr")).hasCount(2);
    assertThat(why).containsText("selected");
    assertThat(why).containsText("not subscribed");
    assertThat(page.locator(".trail").getByText("Attempt 4 to " + receiver.url("/crm")))
        .isVisible();
    assertThat(page.content()).doesNotContain("whsec_", endpoint.secret());
  }

  @Test
  void timeline_is_found_by_what_the_customer_copied_from_the_page() {
    visit.enter(company, "viewer");
    Page page = visit.page();
    page.navigate(page.url() + "/deliveries");
    page.locator("table a.cover").click();
    String details = visit.button("Copy support details").getAttribute("data-copy");
    assertThat(details).contains("Event: " + event, "Endpoint: " + receiver.url("/crm"));
    List<String> ids =
        details
            .lines()
            .filter(line -> line.startsWith("Event: ") || line.startsWith("Delivery: "))
            .map(line -> line.replaceFirst("^\\w+: ", ""))
            .toList();

    visit.signInAtSupport(SERVICE.url(), SERVICE.api());
    for (String id : ids) {
      page.getByLabel("Event ID, delivery ID or endpoint URL").fill(id);
      visit.button("Find").click();
      assertThat(page).hasURL(Pattern.compile("q=" + id));
      assertTimelineWithoutSecrets();
    }
  }

  @Test
  void timeline_is_found_by_endpoint_url_and_time() {
    Page page = visit.page();
    visit.signInAtSupport(SERVICE.url(), SERVICE.api());
    page.getByLabel("Event ID, delivery ID or endpoint URL").fill(receiver.url("/crm").toString());
    visit.button("Find").click();
    assertThat(page.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("give the time that the customer saw");

    LocalDateTime seen = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    page.getByLabel("Time").fill(seen.toString());
    page.getByLabel("Company").fill(Long.toString(company.id()));
    Await.until(
        "the event is found",
        () -> {
          visit.button("Find").click();
          page.waitForLoadState();
          return page.locator("table").count() == 1;
        });
    assertThat(page.getByLabel("Time")).hasValue(seen.toString());
    assertTimelineWithoutSecrets();
  }
}
