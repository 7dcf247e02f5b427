package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A viewer reads everything but secrets, and changes nothing: neither by a button of a page nor by
/// a request that a page could send.
class ViewerStoryTest {

  /// Nothing listens there.
  private static final URI ENDPOINT = URI.create("https://127.0.0.1:1/hook");

  /// Sends a form with the CSRF token of the page, as its own forms do.
  private static final String SEND_FORM =
      """
      async (path) => {
        const csrf = document.querySelector('input[name=csrf]').value;
        const fields = {csrf, paused: 'true', enabled: 'false', typed: '127.0.0.1', url: 'https://127.0.0.1:1/x',
          events: 'customer.created', since: '2026-01-01T00:00:00Z', version: '0'};
        const response = await fetch(path, {method: 'POST', body: new URLSearchParams(fields)});
        return response.status;
      }
      """;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private final TestCompany company = SERVICE.createCompany();
  private final TestEndpoint endpoint = company.subscribe(ENDPOINT, "customer.created");
  private final String home = SERVICE.url() + company.path() + "/webhooks";
  private final String endpointPage = home + "/endpoints/" + endpoint.id();

  private String failedDelivery() {
    company.publishCustomerCreated(7);
    return endpoint.awaitOnlyDelivery("permanently_failed").path("id").asString();
  }

  /// Without its health, which follows from deliveries a moment later.
  private JsonNode endpointAsStored() {
    var fields = (ObjectNode) SERVICE.api().get(endpoint.path()).expect(200);
    return fields.without(List.of("status", "status_since"));
  }

  private PortalVisit viewer() {
    return PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "viewer");
  }

  @Test
  void no_page_of_a_viewer_has_a_control_that_changes_something() {
    String delivery = failedDelivery();
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      for (String path :
          List.of(home, endpointPage, home + "/deliveries", home + "/deliveries/" + delivery)) {
        page.navigate(path);
        assertThat(page.getByText("You are signed in as viewer")).isVisible();
        Locator main = page.locator("main");
        assertThat(main.locator("form[method=post]")).hasCount(0);
        assertThat(main.locator("form [role=switch]")).hasCount(0);
        for (String name :
            List.of("Add endpoint", "Edit", "Delete", "Redeliver", "Reveal", "Roll", "Send test")) {
          assertThat(main.locator("a, button").getByText(name)).hasCount(0);
        }
        assertThat(page.content()).doesNotContain(endpoint.secret(), "whsec_");
      }
      assertThat(visit.link("Audit")).hasCount(0);
    }
  }

  @Test
  void no_request_of_a_viewer_changes_something() {
    String delivery = failedDelivery();
    JsonNode before = endpointAsStored();
    try (PortalVisit visit = viewer()) {
      Page page = visit.page();
      Map<String, String> forbidden =
          Map.of(
              "reveal", endpointPage + "/secret/reveal",
              "copy", endpointPage + "/secret/copy",
              "roll", endpointPage + "/secret/roll",
              "edit", endpointPage,
              "pause", endpointPage + "/paused",
              "test", endpointPage + "/test",
              "delete", endpointPage + "/delete",
              "redeliver", home + "/deliveries/" + delivery + "/redeliver",
              "switch off", home + "/enabled",
              "create", home + "/endpoints");
      var softly = new SoftAssertions();
      forbidden.forEach((what, path) ->
          softly.assertThat(page.evaluate(SEND_FORM, path)).as(what).isEqualTo(403));
      for (String path : List.of("/audit", "/endpoints/new", "/turn-off")) {
        softly.assertThat(page.navigate(home + path).status()).as(path).isEqualTo(403);
      }
      softly.assertAll();
      assertThat(page.content()).contains("Your role is viewer");
    }
    assertThat(endpointAsStored()).isEqualTo(before);
    assertThat(SERVICE.api().get(company.path()).expect(200).path("webhooks_enabled").asBoolean())
        .isTrue();
    assertThat(company.getDelivery(delivery).path("attempts")).hasSize(4);
    assertThat(endpoint.listDeliveries()).hasSize(1);
  }
}
