package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Webhooks are switched off and on again. What happened meanwhile is seen and replayed.
class OffAndOnStoryTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  @Test
  void events_while_webhooks_are_off_are_skipped_shown_and_replayed() throws Exception {
    TestCompany company = SERVICE.createCompany();
    String home = SERVICE.url() + company.path() + "/webhooks";
    try (HttpsReceiver receiver = HttpsReceiver.answering(204);
        PortalVisit visit =
            PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager")) {
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      Page page = visit.page();
      Locator master = visit.byRole(AriaRole.SWITCH, "Use Webhooks");
      master.click();
      Locator question = page.getByRole(AriaRole.DIALOG);
      assertThat(question).containsText("No pending retries stop");
      assertThat(question).containsText("can be replayed for 30 days");
      assertThat(visit.link("Keep on")).isFocused();
      page.keyboard().press("Escape");
      assertThat(master).isFocused();
      assertThat(master).isChecked();
      master.click();
      visit.button("Turn off").click();
      assertThat(visit.toast()).containsText("Webhooks are off");

      List<String> missed =
          List.of(company.publishCustomerCreated(1), company.publishCustomerCreated(2));
      endpoint.awaitDeliveries(2, "skipped");
      for (String tab : List.of("", "/deliveries", "/events", "/audit", "/recovery")) {
        page.navigate(home + tab);
        assertThat(page.locator(".banner strong").first()).hasText("Webhooks are off");
      }
      page.navigate(home + "/deliveries?status=skipped");
      assertThat(page.locator("table tbody tr")).hasCount(2);
      assertThat(page.locator("table tbody tr").first()).containsText("webhooks_off");

      page.navigate(home);
      master.click();
      assertThat(visit.toast()).containsText("Webhooks are on");
      String later = company.publishCustomerCreated(3);
      assertThat(receiver.awaitNext().eventId()).isEqualTo(later);

      visit.link("Recovery").click();
      visit.labelled("Endpoint").selectOption(endpoint.id());
      visit.button("Replay missed").click();
      visit.button("Replay 2 deliveries").click();
      assertThat(visit.toast()).containsText("Job started");
      endpoint.awaitDeliveries(3, "delivered");
      assertThat(receiver.webhooks().stream().map(ReceivedRequest::eventId))
          .containsExactlyInAnyOrder(missed.getFirst(), missed.getLast(), later);
      page.navigate(home + "/deliveries?status=skipped");
      assertThat(page.getByText("No delivery matches")).isVisible();
    }
  }
}
