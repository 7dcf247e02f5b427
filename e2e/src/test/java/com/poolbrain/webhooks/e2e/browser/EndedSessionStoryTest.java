package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A session that ends while a user fills in a form: what was typed comes back after the sign-in.
class EndedSessionStoryTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private final TestCompany company = SERVICE.createCompany();
  private final TestEndpoint endpoint =
      company.subscribe(URI.create("https://127.0.0.1:1/hook"), "customer.created");
  private final JsonNode key =
      SERVICE.api().post("/keys", "{\"name\": \"host app\", \"scopes\": [\"manage\"]}").expect(201);

  /// Signs in by a link of the key, opens the form of the endpoint and changes it, until the key is
  /// revoked.
  private void typeUntilTheSessionEnds(PortalVisit visit) {
    ServiceClient host = SERVICE.api().withKey(key.path("key").asString());
    visit.enter(company.withApi(host), "manager");
    visit.page().navigate(endpointPage() + "/edit");
    visit.labelled("Description").fill("typed before the end");
    visit.labelled("Alert e-mails").fill("dana@example.com\nkim@example.com");
    SERVICE.api().delete("/keys/" + key.path("id").asString()).expectNoContent();
    visit.button("Save").click();
    assertThat(visit.page().getByText("Your session has ended")).isVisible();
    assertThat(visit.page().getByText("typed before the end")).isVisible();
  }

  private String endpointPage() {
    return SERVICE.url() + company.path() + "/webhooks/endpoints/" + endpoint.id();
  }

  @Test
  void typed_text_comes_back_for_the_same_user_and_is_saved() {
    try (PortalVisit visit = PortalVisit.open(BROWSERS, new Browser.NewContextOptions())) {
      typeUntilTheSessionEnds(visit);
      visit.enter(company, "manager");
      Page page = visit.page();
      assertThat(page.getByText("What you typed before your session ended is kept.")).isVisible();
      visit.link("Back to the form").click();
      assertThat(visit.toast()).containsText("is back");
      assertThat(visit.labelled("Description")).hasValue("typed before the end");
      assertThat(visit.labelled("Alert e-mails")).hasValue("dana@example.com\nkim@example.com");
      visit.button("Save").click();
      assertThat(visit.toast()).containsText("Endpoint saved");
      assertThat(page.getByText("typed before the end")).isVisible();
      page.navigate(endpointPage() + "/edit");
      assertThat(page.locator("#kept-input")).hasCount(0);
    }
  }

  @Test
  void typed_text_is_dropped_when_another_user_signs_in() {
    try (PortalVisit visit = PortalVisit.open(BROWSERS, new Browser.NewContextOptions())) {
      typeUntilTheSessionEnds(visit);
      visit.enter(company, "manager", "Kim Reyes");
      assertThat(visit.link("Add endpoint")).isVisible();
      assertThat(visit.page().locator("#kept-input")).hasCount(0);
      visit.enter(company, "manager");
      assertThat(visit.link("Add endpoint")).isVisible();
      assertThat(visit.page().locator("#kept-input")).hasCount(0);
    }
  }

  @Test
  void without_javascript_the_typed_text_is_shown_to_be_copied() {
    try (PortalVisit visit =
        PortalVisit.open(BROWSERS, new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      typeUntilTheSessionEnds(visit);
    }
  }
}
