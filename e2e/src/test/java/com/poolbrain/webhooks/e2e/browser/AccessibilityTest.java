package com.poolbrain.webhooks.e2e.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each page has no finding of axe and no horizontal scroll bar, at each width and in both themes.
class AccessibilityTest {

  /// Nothing listens there.
  private static final URI ENDPOINT =
      URI.create("https://127.0.0.1:1/hook/of/a/long/path/poolbrain");

  @AutoClose
  private static final RunningService SERVICE = RunningService.start("WEBHOOKS_STYLEGUIDE", "true");

  @AutoClose private static final Browsers BROWSERS = new Browsers();

  @ParameterizedTest
  @CsvSource({"1440, LIGHT", "1440, DARK", "820, LIGHT", "820, DARK", "390, LIGHT", "390, DARK"})
  void no_page_has_a_finding_of_axe_or_scrolls_sideways(int width, ColorScheme theme) {
    TestCompany company = SERVICE.createCompany();
    TestEndpoint endpoint = company.subscribe(ENDPOINT, "customer.created");
    TestEndpoint rolled = company.subscribe(ENDPOINT, "customer.created", "job.one_time.created");
    SERVICE.api().post(rolled.path() + "/secret/roll", "").expect(200);
    TestCompany empty = SERVICE.createCompany();
    empty.setWebhooksEnabled(false);
    var options = new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(theme);
    var softly = new SoftAssertions();
    for (String role : List.of("manager", "viewer")) {
      try (PortalVisit visit = PortalVisit.open(BROWSERS, options, company, role)) {
        check(softly, visit, pages(company, endpoint, rolled, role));
      }
    }
    try (PortalVisit visit = PortalVisit.open(BROWSERS, options, empty, "manager")) {
      check(softly, visit, List.of(empty.path() + "/webhooks"));
    }
    softly.assertAll();
  }

  private static List<String> pages(
      TestCompany company, TestEndpoint endpoint, TestEndpoint rolled, String role) {
    String home = company.path() + "/webhooks";
    String page = home + "/endpoints/" + endpoint.id();
    List<String> pages = new ArrayList<>(List.of(home, page));
    if (role.equals("manager")) {
      pages.addAll(
          List.of(
              home + "/endpoints/" + rolled.id(),
              home + "/endpoints/new",
              page + "/edit",
              page + "/setup",
              page + "/delete",
              home + "/turn-off",
              home + "/first-steps",
              "/styleguide",
              "/support",
              "/companies/1/webhooks"));
    }
    return pages;
  }

  private static void check(SoftAssertions softly, PortalVisit visit, List<String> paths) {
    Page page = visit.page();
    for (String path : paths) {
      page.navigate(SERVICE.url() + path);
      softly.assertThat(findings(page)).as(path).isEmpty();
      Object overflow =
          page.evaluate(
              "document.documentElement.scrollWidth > document.documentElement.clientWidth");
      softly.assertThat(overflow).as("%s scrolls sideways", path).isEqualTo(false);
    }
  }

  private static List<String> findings(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .map((Rule rule) ->
                rule.getId()
                    + ": "
                    + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList())
            .toList();
  }
}
