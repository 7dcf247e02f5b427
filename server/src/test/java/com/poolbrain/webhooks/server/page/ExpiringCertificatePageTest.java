package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The banner of an endpoint whose certificate expires soon.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class ExpiringCertificatePageTest {

  private static final Duration ONE_HOUR = Duration.ofHours(1);

  private final RunningApplication service;

  ExpiringCertificatePageTest(RunningApplication service) {
    this.service = service;
  }

  @Test
  void banner_counts_the_days_until_the_certificate_is_renewed() {
    TestCompany company = TestCompany.create(service.client());
    PageClient browser =
        PageClient.opened(service.application().url(), PortalLinks.of(company, "viewer"));
    try (HttpsReceiver receiver =
        HttpsReceiver.withCertificate(
            HttpsReceiver.CA.issueFor(Duration.ofDays(9).plus(ONE_HOUR), "localhost"))) {
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      String page = company.path() + "/webhooks/endpoints/" + endpoint.id();
      assertThat(browser.get(page).body()).doesNotContain("The certificate");

      sendTest(endpoint);
      Await.until(
          "the banner says 9 days",
          () -> browser.get(page).body(),
          body -> body.contains("The certificate expires in 9 days"));

      receiver.renewCertificate(HttpsReceiver.CA.issueFor(Duration.ofHours(2), "localhost"));
      sendTest(endpoint);
      Await.until(
          "the banner says less than a day",
          () -> browser.get(page).body(),
          body -> body.contains("The certificate expires in less than a day"));

      receiver.renewCertificate(
          HttpsReceiver.CA.issueFor(Duration.ofDays(14).plus(ONE_HOUR), "localhost"));
      sendTest(endpoint);
      Await.until(
          "there is no banner",
          () -> browser.get(page).body(),
          body -> !body.contains("The certificate"));
    }
  }

  private static void sendTest(TestEndpoint endpoint) {
    endpoint.company().api().post(endpoint.path() + "/test", "").expect(200);
  }
}
