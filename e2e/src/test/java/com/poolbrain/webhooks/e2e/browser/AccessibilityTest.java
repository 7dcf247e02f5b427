package com.poolbrain.webhooks.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each page has no finding of axe and no horizontal scroll bar, at each width and in both themes.
/// A page is loaded once; the window is resized and the theme switched while it is open.
class AccessibilityTest {

  private static final List<Integer> WIDTHS = List.of(1440, 820, 390);

  @AutoClose private static final TestDatabase DATABASE = TestServer.EMBEDDED_18.createDatabase();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          RunningService.environmentOn(DATABASE.settings()).with("WEBHOOKS_STYLEGUIDE", "true"));

  @AutoClose private static final Browsers BROWSERS = new Browsers();

  @AutoClose
  private static final SampleCompany SAMPLE =
      SampleCompany.create(SERVICE, DATABASE.settings(), "permanently_failed");

  private static final TestCompany EMPTY = SERVICE.createCompany();

  private static final Map<Visitor, PortalVisit> VISITS =
      Map.of(
          Visitor.MANAGER, visit("manager"),
          Visitor.VIEWER, visit("viewer"),
          Visitor.STRANGER, PortalVisit.open(BROWSERS, options()));

  /// The user of a browser profile.
  enum Visitor {
    MANAGER,
    VIEWER,
    STRANGER
  }

  private static Browser.NewContextOptions options() {
    return new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
  }

  private static PortalVisit visit(String role) {
    PortalVisit visit = PortalVisit.open(BROWSERS, options(), SAMPLE.company(), role);
    if (role.equals("manager")) {
      EMPTY.setWebhooksEnabled(false);
      visit.enter(EMPTY, role);
      visit.signInAtSupport(SERVICE.url(), SERVICE.api());
    }
    return visit;
  }

  @AfterAll
  static void closeVisits() {
    VISITS.values().forEach(PortalVisit::close);
  }

  static Stream<Arguments> pages() {
    SERVICE.api().post(SAMPLE.failing().path() + "/secret/roll", "").expect(200);
    String home = SAMPLE.company().path() + "/webhooks";
    String endpoint = home + "/endpoints/" + SAMPLE.healthy().id();
    String log = home + "/deliveries";
    String failed = SampleCompany.deliveryTo(SAMPLE.failing());
    String delivered = SampleCompany.deliveryTo(SAMPLE.healthy());
    String job = "/recovery?endpoint_id=" + SAMPLE.failing().id();
    return Stream.of(
            of(
                Visitor.MANAGER,
                home,
                home + "?q=nothing-like-this",
                home + "/first-steps",
                home + "/turn-off",
                home + "/endpoints/new",
                endpoint,
                endpoint + "?window=7d",
                endpoint + "?tested=" + delivered,
                endpoint + "/edit",
                endpoint + "/setup",
                endpoint + "/delete",
                home + "/endpoints/" + SAMPLE.failing().id(),
                home + "/endpoints/" + SAMPLE.paused().id(),
                log,
                log + "?q=nothing-like-this",
                log + "?status=unknown",
                log + "/" + delivered,
                log + "/" + failed,
                log + "/" + failed + "?body=pretty",
                home + "/recovery",
                home + job,
                home + "/events",
                home + "/events/customer.created",
                home + "/events/webhook.ping",
                home + "/audit",
                home + "/audit?actor=nobody",
                home + "/nowhere",
                EMPTY.path() + "/webhooks",
                EMPTY.path() + "/webhooks/deliveries",
                EMPTY.path() + "/webhooks/recovery",
                "/styleguide",
                "/support",
                "/support?q=" + failed,
                "/support?q=nothing-like-this"),
            of(Visitor.VIEWER, home, endpoint, log, log + "/" + failed, home + "/recovery"),
            of(Visitor.STRANGER, "/support", home, "/companies/1/webhooks"))
        .flatMap(List::stream);
  }

  private static List<Arguments> of(Visitor visitor, String... paths) {
    return Stream.of(paths).map(path -> Arguments.of(visitor, path)).toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("pages")
  void page_has_no_finding_of_axe_and_does_not_scroll_sideways(Visitor visitor, String path) {
    Page page = Objects.requireNonNull(VISITS.get(visitor)).page();
    page.navigate(SERVICE.url() + path);
    var softly = new SoftAssertions();
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      for (int width : WIDTHS) {
        page.setViewportSize(width, 900);
        softly.assertThat(Axe.findings(page)).as("%s px, %s", width, theme).isEmpty();
        Object overflow =
            page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth");
        softly.assertThat(overflow).as("scrolls sideways at %s px", width).isEqualTo(false);
      }
    }
    softly.assertAll();
  }
}
