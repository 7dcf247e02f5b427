package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// From an empty page to a verified test delivery.
class FirstDeliveryTest {

  private static final int MAX_ACTIONS = 15;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private int actions;

  private static TestCompany companyWithWebhooksOff() {
    TestCompany company = SERVICE.createCompany();
    company.setWebhooksEnabled(false);
    return company;
  }

  private void click(Page page, AriaRole role, String name) {
    page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true)).first().click();
    actions++;
  }

  private void runByMouse(PortalVisit visit, HttpsReceiver receiver) {
    Page page = visit.page();
    click(page, AriaRole.SWITCH, "Use Webhooks");
    click(page, AriaRole.LINK, "Add endpoint");
    page.getByLabel("Endpoint URL").fill(receiver.url().toString());
    actions++;
    page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("customer.created"))
        .check();
    actions++;
    click(page, AriaRole.BUTTON, "Create endpoint");
    click(page, AriaRole.BUTTON, "Reveal");
    assertThat(visit.labelled("Signing secret")).containsText("whsec_");
    click(page, AriaRole.BUTTON, "Send test");
    assertThat(page.getByText("Delivered. Your server answered 204")).isVisible();
  }

  @Test
  void manager_gets_a_test_delivered_within_fifteen_actions_by_mouse() throws Exception {
    TestCompany company = companyWithWebhooksOff();
    try (HttpsReceiver receiver = HttpsReceiver.answering(204);
        PortalVisit visit =
            PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager")) {
      runByMouse(visit, receiver);
      assertThat(actions).isLessThanOrEqualTo(MAX_ACTIONS);
      assertThat(receiver.awaitNext().header("X-Webhook-Event")).isEqualTo("webhook.ping");
      Page page = visit.page();
      page.navigate(page.url().replaceFirst("\\?.*", ""));
      assertThat(page.getByText("4 of 4 done")).isVisible(); // still, on coming back
    }
  }

  @Test
  void manager_gets_a_test_delivered_without_javascript() throws Exception {
    TestCompany company = companyWithWebhooksOff();
    var options = new Browser.NewContextOptions().setJavaScriptEnabled(false);
    try (HttpsReceiver receiver = HttpsReceiver.answering(204);
        PortalVisit visit = PortalVisit.open(BROWSERS, options, company, "manager")) {
      runByMouse(visit, receiver);
      assertThat(receiver.awaitNext().header("X-Webhook-Event")).isEqualTo("webhook.ping");
    }
  }

  @Test
  void manager_gets_a_test_delivered_by_keyboard_alone() throws Exception {
    TestCompany company = companyWithWebhooksOff();
    try (HttpsReceiver receiver = HttpsReceiver.answering(204);
        PortalVisit visit =
            PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager")) {
      Page page = visit.page();
      press(page, "Use Webhooks", "Enter");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Webhooks are on");
      press(page, "Add endpoint", "Enter");
      assertThat(page.getByLabel("Endpoint URL")).isVisible();
      focus(page, "Endpoint URL");
      page.keyboard().type(receiver.url().toString());
      press(page, "customer.created", "Space");
      press(page, "Create endpoint", "Enter");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Endpoint created");
      press(page, "Send test", "Enter");
      assertThat(page.getByText("Delivered. Your server answered 204")).isVisible();
    }
  }

  private static void press(Page page, String name, String key) {
    focus(page, name);
    page.keyboard().press(key);
  }

  /// Moves the focus with the tab key to the element whose accessible name begins with this.
  private static void focus(Page page, String name) {
    for (int i = 0; i < 200; i++) {
      page.keyboard().press("Tab");
      Object focused =
          page.evaluate(
              "() => { const e = document.activeElement;"
                  + " return e.getAttribute('aria-label') || (e.labels && e.labels[0]"
                  + " ? e.labels[0].innerText : e.innerText) || ''; }");
      List<String> lines = focused.toString().strip().lines().map(String::strip).toList();
      if (lines.stream().anyMatch(line -> line.startsWith(name))) {
        return;
      }
    }
    throw new AssertionError("The tab key does not reach " + name);
  }
}
