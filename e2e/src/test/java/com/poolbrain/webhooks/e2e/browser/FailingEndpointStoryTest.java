package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// An endpoint fails. Its manager sees it, repairs it, tests it, and recovers what failed.
class FailingEndpointStoryTest {

  private static final int FAILED = 5;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private final TestCompany company = SERVICE.createCompany();
  private final String home = SERVICE.url() + company.path() + "/webhooks";

  /// The health of the only endpoint, once the list shows it.
  private void awaitHealth(Page page, String health) {
    Locator badge = page.locator("table td.c-health");
    Await.until(
        "the endpoint is " + health,
        () -> {
          page.navigate(home);
          return badge.innerText().contains(health);
        });
  }

  @Test
  void endpoint_that_answers_500_is_repaired_tested_recovered_and_healthy_again() {
    try (HttpsReceiver receiver = HttpsReceiver.answering(500);
        PortalVisit visit =
            PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager")) {
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      Page page = visit.page();
      for (int i = 0; i < FAILED; i++) {
        company.publishCustomerCreated(i);
      }
      endpoint.awaitDeliveries(FAILED, "permanently_failed");
      awaitHealth(page, "Failing since");
      assertThat(page.locator(".banner strong").first()).containsText("is failing");
      page.locator("a.cover").click();
      assertThat(page.locator(".title .status")).containsText("Failing since");
      visit.button("Send test").click();
      assertThat(page.getByText("Not delivered. Your server answered 500")).isVisible();

      receiver.respondWith(204);
      visit.button("Send test").click();
      assertThat(page.getByText("Delivered. Your server answered 204")).isVisible();
      visit.link("Recovery").click();
      visit.labelled("Endpoint").selectOption(endpoint.id());
      visit.button("Recover failed").click();
      visit.button("Recover " + FAILED + " deliveries").click();
      assertThat(visit.toast()).containsText("Job started");
      Await.until(
          "all are delivered",
          () -> company.listDeliveries("status=permanently_failed", "trigger=automatic").isEmpty());
      awaitHealth(page, "Degraded");
      assertThat(page.getByText("is failing")).hasCount(0);
      for (int i = 0; i < FAILED; i++) {
        company.publishCustomerCreated(FAILED + i);
      }
      awaitHealth(page, "Healthy");
      page.navigate(home + "/recovery");
      assertThat(page.locator("table tbody tr").first()).containsText("5 of 5");
    }
  }
}
