package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a list shows is in its URL: back, forward, reload and a copied address show the same again.
/// The focus stays on the control that was used, or goes to the heading.
class ListNavigationTest {

  private static final int PAGE_SIZE = 50;
  private static final int DELIVERIES = PAGE_SIZE + 5;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();
  private static final HttpsReceiver RECEIVER = HttpsReceiver.answering(204);
  private static final TestCompany COMPANY = SERVICE.createCompany();

  private final PortalVisit visit =
      PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), COMPANY, "manager");
  private final Page page = visit.page();

  @BeforeAll
  static void fillLists() {
    TestEndpoint endpoint =
        COMPANY.subscribe(RECEIVER.url("/crm"), "customer.created", "job.one_time.created");
    for (int i = 0; i < 9; i++) {
      COMPANY.subscribe(RECEIVER.url("/route-" + i), "technician.route.changed");
    }
    COMPANY.publish("job.one_time.created", "{\"jobNumber\": \"JOB-5501\"}");
    for (int i = 1; i < DELIVERIES; i++) {
      COMPANY.publishCustomerCreated(i);
    }
    endpoint.awaitDeliveries(DELIVERIES, "delivered");
  }

  @AfterAll
  static void closeReceiver() {
    RECEIVER.close();
  }

  @AfterEach
  void close() {
    visit.close();
  }

  private String path(String rest) {
    return SERVICE.url() + COMPANY.path() + "/webhooks" + rest;
  }

  private Locator rows(String table) {
    return page.locator("table[aria-label='" + table + "'] tbody tr");
  }

  /// Goes back to the list without filters, forward again, reloads, and opens the address anew.
  private void assertAddressKeepsTheList(Locator rows, int unfiltered, int filtered) {
    String address = page.url();
    page.goBack();
    assertThat(rows).hasCount(unfiltered);
    page.goForward();
    assertThat(rows).hasCount(filtered);
    assertThat(page).hasURL(address);
    page.reload();
    assertThat(rows).hasCount(filtered);
    page.navigate("about:blank");
    page.navigate(address);
    assertThat(rows).hasCount(filtered);
    assertThat(page).hasURL(address);
  }

  @Test
  void filters_and_pages_of_deliveries_are_in_the_url() {
    Locator rows = rows("Deliveries");
    visit.link("Deliveries").click();
    assertThat(rows).hasCount(PAGE_SIZE);
    assertThat(page.locator("h1")).isFocused();

    visit.labelled("Event").selectOption("job.one_time.created");
    visit.labelled("Status").selectOption("delivered");
    visit.button("Apply").click();
    assertThat(page).hasURL(path("/deliveries?status=delivered&event=job.one_time.created"));
    assertThat(rows).hasCount(1);
    assertAddressKeepsTheList(rows, PAGE_SIZE, 1);
    assertThat(visit.labelled("Status")).hasValue("delivered");

    visit.link("Remove filter Event: job.one_time.created").click();
    assertThat(page).hasURL(path("/deliveries?status=delivered"));
    visit.link("Older").click();
    assertThat(page).hasURL(Pattern.compile("status=delivered&page="));
    assertThat(rows).hasCount(DELIVERIES - PAGE_SIZE);
    assertAddressKeepsTheList(rows, PAGE_SIZE, DELIVERIES - PAGE_SIZE);
    visit.link("Newer").click();
    assertThat(rows).hasCount(PAGE_SIZE);
    assertThat(page).hasURL(path("/deliveries?status=delivered"));
  }

  @Test
  void search_keeps_the_focus_in_its_field_and_back_leads_from_a_delivery_to_the_same_list() {
    page.navigate(path("/deliveries"));
    Locator search = visit.labelled("Search");
    page.keyboard().press("/");
    assertThat(search).isFocused();
    page.keyboard().type("JOB-5501");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(path("/deliveries?q=JOB-5501"));
    assertThat(rows("Deliveries")).hasCount(1);
    assertThat(search).isFocused();
    assertThat(search).hasValue("JOB-5501");

    page.locator("a.cover").click();
    assertThat(page.locator("h1")).isFocused();
    assertThat(page.locator("h1")).hasText("job.one_time.created");
    page.goBack();
    assertThat(page).hasURL(path("/deliveries?q=JOB-5501"));
    assertThat(rows("Deliveries")).hasCount(1);
  }

  @Test
  void invalid_filter_moves_the_focus_to_the_summary_of_errors() {
    page.navigate(path("/deliveries?from=yesterday"));
    assertThat(page.locator("[role=alert]")).isFocused();
    page.getByLabel("From").fill("2026-02-13 06:42");
    visit.button("Apply").click();
    assertThat(page).hasURL(path("/deliveries?from=2026-02-13T06:42:00Z"));
    assertThat(rows("Deliveries")).hasCount(PAGE_SIZE);
  }

  @Test
  void search_of_endpoints_is_in_the_url() {
    Locator search = page.getByLabel("Search endpoints");
    search.fill("route-7");
    search.press("Enter");
    assertThat(page).hasURL(path("?q=route-7"));
    assertThat(rows("Endpoints")).hasCount(1);
    assertThat(search).isFocused();
    assertAddressKeepsTheList(rows("Endpoints"), 10, 1);
    assertThat(search).hasValue("route-7");
  }

  @Test
  void search_of_events_is_in_the_url() {
    Locator events = page.locator(".catalogue > li");
    page.navigate(path("/events"));
    int all = events.count();
    assertThat(all).isGreaterThan(5);
    Locator search = page.getByLabel("Search events");
    search.fill("technician.route");
    search.press("Enter");
    assertThat(page).hasURL(path("/events?q=technician.route"));
    assertThat(events).hasCount(1);
    assertThat(search).isFocused();
    assertAddressKeepsTheList(events, all, 1);
    events.getByRole(AriaRole.LINK).click();
    assertThat(page.locator("h1")).hasText("technician.route.changed");
    assertThat(page.locator("h1")).isFocused();
  }

  @Test
  void filters_of_the_audit_are_in_the_url() {
    page.navigate(path("/audit"));
    Locator rows = rows("Audit");
    int all = rows.count();
    visit.labelled("Action").selectOption("session.started");
    visit.button("Apply").click();
    assertThat(page).hasURL(Pattern.compile("/audit\\?action=session\\.started$"));
    assertThat(page.getByText("Clear filters")).isVisible();
    int sessions = rows.count();
    assertThat(sessions).isPositive().isLessThan(all);
    assertAddressKeepsTheList(rows, all, sessions);
    visit.link("Clear filters").click();
    assertThat(page).hasURL(path("/audit"));
    assertThat(rows).hasCount(all);
  }
}
