package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Text from outside is shown as text, whatever it contains. Nothing of it is executed, and no page
/// scrolls sideways, on a phone neither.
class HostileTextTest {

  private static final String SCRIPT =
      "<script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\">'\"";

  private static final String LONG = "W".repeat(10_000);

  /// What a name may have of it: no override of the writing direction, but a mark and other
  /// scripts.
  private static final String NAME = SCRIPT + "\u200f שלום \u200f" + "W".repeat(70);

  private static final String DESCRIPTION = NAME + "\n</textarea></title><!--" + "W".repeat(250);

  /// What payloads and answers may have of it: right-to-left override, null byte, 10 kB without a
  /// space.
  private static final String ANYTHING = SCRIPT + "\u202egnp.exe\u202c\u0000\u001b[31m" + LONG;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private final HttpsReceiver receiver = HttpsReceiver.scripted(HostileTextTest::answer);
  private final TestCompany company = SERVICE.createCompany();

  private TestEndpoint endpoint;
  private String delivery = "";

  private static void answer(ScriptedConnection connection) throws IOException {
    while (true) {
      connection.readRequest();
      String header = SCRIPT + "W".repeat(2_000);
      connection.respond(
          302,
          "Location: https://127.0.0.1/" + header + "\r\nContent-Type: " + header + "\r\n",
          ANYTHING);
    }
  }

  @BeforeEach
  void storeHostileTextEverywhere() {
    SERVICE.api().put(company.path(), json(Map.of("name", NAME))).expect(200);
    endpoint =
        company.createEndpoint(
            json(
                Map.of(
                    "url",
                    receiver.url("/" + "W".repeat(1_900) + "?a=%3Cscript%3E'").toString(),
                    "events",
                    List.of("customer.created", "job.one_time.deleted"),
                    "description",
                    DESCRIPTION,
                    "alert_emails",
                    List.of("w".repeat(60) + "@" + "w".repeat(60) + ".example"))));
    company.publish("customer.created", json(Map.of("customerId", 1, "displayName", ANYTHING)));
    company.publish(
        "job.one_time.deleted", json(Map.of("jobNumber", "J" + LONG, "jobTitle", ANYTHING)));
    delivery = endpoint.awaitDeliveries(2, "permanently_failed").getFirst().path("id").asString();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static String json(Map<String, ?> fields) {
    return JsonMapper.shared().writeValueAsString(fields);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1440})
  void hostile_text_is_shown_literally_and_breaks_no_layout(int width) {
    String home = company.path() + "/webhooks";
    String page = home + "/endpoints/" + endpoint.id();
    String log = home + "/deliveries";
    Map<String, String> shown =
        Map.ofEntries(
            Map.entry(home, "It was shown to user:" + SCRIPT),
            Map.entry(page, SCRIPT),
            Map.entry(page + "/edit", SCRIPT),
            Map.entry(page + "/setup", ""),
            Map.entry(page + "/delete", ""),
            Map.entry(log, ""),
            Map.entry(log + "?q=" + encoded(SCRIPT + "\0\u202e" + "W".repeat(100)), SCRIPT),
            Map.entry(log + "/" + delivery, "\ufffd"),
            Map.entry(log + "/" + delivery + "?body=pretty", SCRIPT),
            Map.entry(home + "/audit", SCRIPT),
            Map.entry(home + "/audit?actor=" + encoded(SCRIPT + LONG.substring(0, 300)), SCRIPT),
            Map.entry(home + "/events?q=" + encoded(SCRIPT + LONG.substring(0, 900)), SCRIPT),
            Map.entry(home + "/" + encoded(SCRIPT), ""),
            Map.entry("/support?q=" + delivery, SCRIPT),
            Map.entry("/support?q=" + encoded(SCRIPT + "\0" + LONG.substring(0, 300)), SCRIPT));
    var options = new Browser.NewContextOptions().setViewportSize(width, 900);
    var softly = new SoftAssertions();
    try (PortalVisit visit = PortalVisit.open(BROWSERS, options)) {
      visit.enter(company, "manager", NAME);
      visit.page().navigate(SERVICE.url() + page);
      visit.button("Reveal").click(); // a banner names the user
      assertThat(visit.page().locator("[data-hide-after]")).isVisible();
      visit.signInAtSupport(SERVICE.url(), SERVICE.api());
      shown.forEach((path, text) -> {
        visit.page().navigate(SERVICE.url() + path);
        check(softly, visit.page(), path, text);
      });
      softly.assertAll();
    }
  }

  @Test
  void hostile_rows_that_arrive_live_are_shown_literally() {
    String log = SERVICE.url() + company.path() + "/webhooks/deliveries";
    var softly = new SoftAssertions();
    try (PortalVisit visit =
        PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager")) {
      visit.page().navigate(log);
      visit.byRole(AriaRole.SWITCH, "Live").click();
      company.publish("customer.created", json(Map.of("customerId", 2, "displayName", ANYTHING)));
      assertThat(visit.page().locator("tr.is-fresh").first()).isVisible();
      assertThat(visit.page().locator("table[aria-label=Deliveries] tbody tr")).hasCount(3);
      check(softly, visit.page(), log, "customer.created");
      softly.assertAll();
    }
  }

  private static void check(SoftAssertions softly, Page page, String path, String text) {
    String name = path.substring(0, Math.min(path.length(), 100));
    softly
        .assertThat(page.evaluate("window.hacked === undefined"))
        .as("%s executed a text", name)
        .isEqualTo(true);
    Object wide =
        page.evaluate(
            """
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? ''
              : [...document.querySelectorAll('body *')]
                  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
                  .map((e) => e.tagName + '.' + e.className).slice(0, 5).join(' ')
            """);
    softly.assertThat(wide).as("%s scrolls sideways", name).isEqualTo("");
    Object allText =
        page.evaluate(
            """
            () => document.body.textContent
              + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join()
            """);
    softly.assertThat(allText.toString().contains(text)).as("%s shows the text", name).isTrue();
  }
}
