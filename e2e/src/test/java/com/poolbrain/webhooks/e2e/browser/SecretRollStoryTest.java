package com.poolbrain.webhooks.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A secret is rolled by the buttons of the page, and neither kind of consumer loses a webhook.
class SecretRollStoryTest {

  /// The first retry comes late enough for a consumer to install a secret before it.
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start("WEBHOOKS_RETRY_SCHEDULE", "2s,5s,30s");

  @AutoClose private static final Browsers BROWSERS = new Browsers();

  private final TestCompany company = SERVICE.createCompany();
  private final PortalVisit visit =
      PortalVisit.open(BROWSERS, new Browser.NewContextOptions(), company, "manager");
  private final Page page = visit.page();

  @AfterEach
  void close() {
    visit.close();
  }

  private void open(TestEndpoint endpoint) {
    page.navigate(SERVICE.url() + company.path() + "/webhooks/endpoints/" + endpoint.id());
  }

  /// Presses the buttons up to the new secret, and returns it.
  private String roll() {
    visit.button("Roll secret").click();
    assertThat(visit.toast()).containsText("New secret made");
    page.locator("[action$='/reveal'] button[aria-describedby=secret-next]").click();
    return visit.labelled("New signing secret").innerText();
  }

  private void activate(String overlap) {
    page.getByLabel("The present secret goes on signing for").selectOption(overlap);
    visit.button("Activate new secret").click();
    assertThat(visit.toast()).containsText("The new secret is active");
  }

  private static void awaitAccepted(VerifyingConsumer consumer, int count) {
    Await.until(count + " are accepted", () -> consumer.accepted().size() == count);
  }

  @Test
  void consumer_that_reads_one_header_swaps_its_secret_at_activation_and_loses_nothing() {
    try (VerifyingConsumer consumer = VerifyingConsumer.readingOneHeader()) {
      TestEndpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      consumer.install(endpoint.secret());
      open(endpoint);
      String next = roll();
      company.publishCustomerCreated(1);
      awaitAccepted(consumer, 1); // the present secret goes on signing

      activate("24 hours");
      company.publishCustomerCreated(2);
      Await.until("the old secret no longer matches", () -> consumer.refused().size() == 1);
      consumer.install(next);
      awaitAccepted(consumer, 2); // by the retry, which is signed anew
      company.publishCustomerCreated(3);
      awaitAccepted(consumer, 3);
      endpoint.awaitDeliveries(3, "delivered");
      assertThat(consumer.refused()).hasSize(1);
    }
  }

  @Test
  void consumer_that_reads_all_headers_swaps_its_secret_whenever_it_likes_and_refuses_nothing() {
    try (VerifyingConsumer consumer = VerifyingConsumer.readingAllHeaders();
        VerifyingConsumer late = VerifyingConsumer.readingAllHeaders()) {
      TestEndpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      TestEndpoint second = company.subscribe(late.url(), "customer.created");
      consumer.install(endpoint.secret());
      late.install(second.secret());
      open(second);
      String nextOfLate = roll();
      activate("1 hour");
      open(endpoint);
      consumer.install(roll()); // before it signs alone
      company.publishCustomerCreated(1);
      awaitAccepted(consumer, 1);
      awaitAccepted(late, 1); // with the previous secret

      activate("7 days");
      assertThat(page.locator(".countdown").first()).hasText(Pattern.compile("16[78] h \\d+ min"));
      late.install(nextOfLate);
      company.publishCustomerCreated(2);
      awaitAccepted(consumer, 2);
      awaitAccepted(late, 2);

      visit.link("Revoke previous").click();
      visit.button("Revoke previous").click();
      assertThat(visit.toast()).containsText("The previous secret no longer signs");
      company.publishCustomerCreated(3);
      awaitAccepted(consumer, 3);
      assertThat(consumer.refused()).isEmpty();
      assertThat(late.refused()).isEmpty();
      assertThat(visit.button("Roll secret")).isVisible();
    }
  }

  @Test
  void roll_that_is_cancelled_changes_nothing() {
    try (VerifyingConsumer consumer = VerifyingConsumer.readingOneHeader()) {
      TestEndpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      consumer.install(endpoint.secret());
      open(endpoint);
      roll();
      page.reload();
      assertThat(page.getByLabel("New signing secret, hidden")).isVisible();
      visit.button("Cancel roll").click();
      assertThat(visit.toast()).containsText("The new secret was dropped");
      company.publishCustomerCreated(1);
      awaitAccepted(consumer, 1);
      assertThat(visit.button("Roll secret")).isVisible();
    }
  }
}
