package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A developer watches deliveries as they happen, on two nodes.
class LiveLogStoryTest {

  private static final int FULL_PAGE = 40;

  /// Not `waitForFunction`, whose script the content policy may refuse.
  private static final String UNTIL_SCROLLED =
      """
      () => new Promise((done) => {
        const look = () => document.querySelector('tbody').getBoundingClientRect().top < 0
          ? done() : requestAnimationFrame(look);
        look();
      })
      """;

  private static final String TOP_OF_A_ROW =
      "Math.round(document.querySelectorAll('tbody tr')[25].getBoundingClientRect().top)";
  private static final Pattern COUNTDOWN = Pattern.compile("\\d h \\d+ min|\\d+:\\d\\d");

  @AutoClose private static final TestDatabase DATABASE = TestServer.EMBEDDED_18.createDatabase();

  /// Failed deliveries wait for an hour, so that the test decides when they are sent again.
  private static final ServiceEnvironment ENVIRONMENT =
      RunningService.environmentOn(DATABASE.settings()).with("WEBHOOKS_RETRY_SCHEDULE", "1h");

  @AutoClose private static final RunningService SERVICE = RunningService.start(ENVIRONMENT);
  @AutoClose private static final RunningService OTHER_NODE = RunningService.start(ENVIRONMENT);
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  @AutoClose private final HttpsReceiver receiver = HttpsReceiver.accepting();
  private final TestCompany company = SERVICE.createCompany();
  private final TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
  private final String log = SERVICE.url() + company.path() + "/webhooks/deliveries";

  private PortalVisit openLog() {
    PortalVisit visit =
        PortalVisit.open(
            BROWSERS,
            new Browser.NewContextOptions().setViewportSize(1280, 700),
            company,
            "viewer");
    visit.page().navigate(log);
    return visit;
  }

  private static Locator rows(PortalVisit visit) {
    return visit.page().locator("table[aria-label=Deliveries] tbody tr");
  }

  private static Locator live(PortalVisit visit) {
    return visit.byRole(AriaRole.SWITCH, "Live");
  }

  private static Locator line(PortalVisit visit) {
    return visit.page().locator("[data-live-line] button");
  }

  private void publish(int count) {
    int before = company.listDeliveries().size();
    for (int i = 0; i < count; i++) {
      company.publishCustomerCreated(i);
    }
    endpoint.awaitDeliveries(before + count, "delivered");
  }

  @Test
  void new_deliveries_of_all_nodes_appear_and_rows_that_change_are_replaced() {
    publish(1);
    try (PortalVisit visit = openLog()) {
      live(visit).click();
      assertThat(live(visit)).hasAttribute("aria-checked", "true");
      receiver.respondWith(503);
      company.publishCustomerCreated(2);
      assertThat(rows(visit)).hasCount(2);
      Locator failed = rows(visit).first();
      assertThat(failed).containsText("server_error");
      assertThat(failed.locator("time.countdown")).hasText(COUNTDOWN);

      receiver.respondWith(204);
      String id = String.valueOf(failed.getAttribute("data-row"));
      failed.locator("a.id").focus();
      endpoint.redeliver(id).expect(202);
      assertThat(rows(visit).first()).containsText("204");
      assertThat(rows(visit)).hasCount(2);
      assertThat(failed.locator("a.id")).isFocused();

      live(visit).focus();
      company.withApi(OTHER_NODE.api()).publishCustomerCreated(3);
      assertThat(rows(visit)).hasCount(3);
      assertThat(rows(visit).first()).containsText("delivered");
    }
  }

  @Test
  void first_delivery_of_an_empty_log_appears() {
    try (PortalVisit visit = openLog()) {
      live(visit).click();
      assertThat(visit.page().getByText("No deliveries yet")).isVisible();
      publish(1);
      assertThat(rows(visit)).hasCount(1);
      assertThat(live(visit)).hasAttribute("aria-checked", "true");
    }
  }

  @Test
  void reader_who_has_scrolled_finds_new_ones_behind_a_line() {
    publish(FULL_PAGE);
    try (PortalVisit visit = openLog()) {
      Page page = visit.page();
      live(visit).click();
      publish(1);
      assertThat(rows(visit)).hasCount(FULL_PAGE + 1);
      page.mouse().wheel(0, 900);
      page.evaluate(UNTIL_SCROLLED);
      Object position = page.evaluate(TOP_OF_A_ROW);

      publish(1);
      assertThat(line(visit)).hasText("1 new delivery");
      publish(2);
      assertThat(line(visit)).hasText("3 new deliveries");
      assertThat(line(visit)).isInViewport();
      assertThat(rows(visit)).hasCount(FULL_PAGE + 1);
      Assertions.assertThat(page.evaluate(TOP_OF_A_ROW)).as("what is read").isEqualTo(position);

      line(visit).click();
      assertThat(rows(visit)).hasCount(FULL_PAGE + 4);
      assertThat(line(visit)).hasCount(0);
      assertThat(rows(visit).first()).isInViewport();
      assertThat(live(visit)).isFocused();
    }
  }

  @Test
  void switch_stays_on_with_other_filters_and_ends_when_it_is_switched_off() {
    publish(1);
    try (PortalVisit visit = openLog()) {
      live(visit).click();
      visit.page().navigate(log + "?status=delivered");
      assertThat(live(visit)).hasAttribute("aria-checked", "true");
      publish(1);
      assertThat(rows(visit)).hasCount(2);
      live(visit).click();
      assertThat(live(visit)).hasAttribute("aria-checked", "false");
      publish(1);
      live(visit).click();
      assertThat(rows(visit)).hasCount(3);
    }
  }

  @Test
  void list_is_loaded_again_where_events_do_not_pass() {
    publish(1);
    try (PortalVisit visit = openLog()) {
      visit
          .page()
          .route(
              "**/deliveries/live*",
              route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
      live(visit).click();
      publish(1);
      assertThat(rows(visit))
          .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
      assertThat(visit.page().locator("[data-live-state]")).hasText("Refreshed every few seconds");
    }
  }

  @Test
  void log_without_javascript_is_a_list() {
    publish(1);
    try (PortalVisit visit =
        PortalVisit.open(
            BROWSERS,
            new Browser.NewContextOptions().setJavaScriptEnabled(false),
            company,
            "viewer")) {
      visit.page().navigate(log);
      assertThat(rows(visit)).hasCount(1);
      assertThat(visit.page().locator("[data-live-switch]")).isHidden();
    }
  }
}
