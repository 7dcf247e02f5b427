package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Two companies in one browser work side by side and never see each other.
class TwoCompaniesTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private static TestCompany companyNamed(String name) {
    TestCompany company = SERVICE.createCompany();
    company.api().put(company.path(), "{\"name\": \"%s\"}".formatted(name)).expect(200);
    return company;
  }

  private static TestEndpoint endpointOf(TestCompany company, String path) {
    return company.subscribe(URI.create("https://127.0.0.1:1/" + path), "customer.created");
  }

  private static String home(TestCompany company) {
    return SERVICE.url() + company.path() + "/webhooks";
  }

  private static int statusOf(Page page, String url) {
    Response response = page.navigate(url);
    return response.status();
  }

  @Test
  void each_tab_of_one_browser_shows_and_changes_its_own_company() {
    TestCompany clear = companyNamed("Crystal Clear Pools");
    TestCompany lagoon = companyNamed("Lagoon Services");
    endpointOf(clear, "clear");
    endpointOf(lagoon, "lagoon");
    var options = new Browser.NewContextOptions();
    try (PortalVisit visit = PortalVisit.open(BROWSERS, options, clear, "manager")) {
      visit.enter(lagoon, "viewer");
      Page second = visit.page().context().newPage();
      second.navigate(home(clear));
      assertThat(second.getByText("Crystal Clear Pools")).isVisible();
      assertThat(second.getByLabel("Endpoints").last()).containsText("/clear");
      assertThat(visit.page().getByText("Lagoon Services")).isVisible();
      assertThat(second.content()).doesNotContain("Lagoon", "/lagoon");
      assertThat(visit.page().content()).doesNotContain("Crystal", "/clear");

      // The viewer of one company is the manager of the other.
      assertThat(visit.link("Add endpoint")).hasCount(0);
      second.getByLabel("Actions for 127.0.0.1").click();
      second.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
      assertThat(second.locator("[data-toast]")).containsText("Endpoint paused");
      visit.page().reload();
      assertThat(visit.page().getByText("Paused")).hasCount(0);

      // Signing out of one company leaves the other.
      second.locator("summary.avatar").click();
      second.getByText("Sign out").click();
      assertThat(second.getByText("You are signed out")).isVisible();
      assertThat(statusOf(second, home(clear))).isEqualTo(403);
      assertThat(statusOf(visit.page(), home(lagoon))).isEqualTo(200);
    }
  }

  @Test
  void ids_of_another_company_do_not_exist() {
    TestCompany own = companyNamed("Crystal Clear Pools");
    TestCompany other = companyNamed("Lagoon Services");
    TestEndpoint foreign = endpointOf(other, "lagoon");
    other.publishCustomerCreated(1);
    String delivery = foreign.awaitOnlyDelivery("permanently_failed").path("id").asString();
    var options = new Browser.NewContextOptions();
    try (PortalVisit visit = PortalVisit.open(BROWSERS, options, own, "manager")) {
      Page page = visit.page();
      assertThat(statusOf(page, home(other))).isEqualTo(403);
      assertThat(statusOf(page, home(own) + "/endpoints/" + foreign.id())).isEqualTo(404);
      assertThat(statusOf(page, home(own) + "/deliveries/" + delivery)).isEqualTo(404);
      page.navigate(home(own) + "/deliveries?q=" + delivery);
      assertThat(page.getByText("No delivery matches")).isVisible();
      page.navigate(home(own) + "/deliveries?endpoint_id=" + foreign.id());
      assertThat(page.getByText("No delivery matches")).isVisible();
      assertThat(page.content()).doesNotContain("127.0.0.1:1", "Lagoon");
    }
  }
}
