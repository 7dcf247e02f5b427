package com.poolbrain.webhooks.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An endpoint fails and recovers; its people get mails with links that work.
@Tag("slow")
class NoticeMailsTest {

  private static final String PUBLIC_URL = "http://127.0.0.1:1/hooks";

  @TempDir Path folder;

  @Test
  void failing_and_recovered_are_mailed_and_one_click_ends_the_mails() throws Exception {
    GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    mails.start();
    ServiceEnvironment environment =
        ServiceEnvironment.withEmbeddedDatabase(folder)
            .with("WEBHOOKS_RETRY_SCHEDULE", "200ms,200ms,200ms,200ms,200ms,200ms,200ms,1h")
            .with("WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128")
            .with("WEBHOOKS_PUBLIC_URL", PUBLIC_URL)
            .with("WEBHOOKS_MAIL_FROM", "webhooks@poolbrain.example")
            .with("WEBHOOKS_SMTP_URL", "smtp://127.0.0.1:" + mails.getSmtp().getPort());
    Application application = new Application(Settings.read(environment.variables(), null));
    try (application;
        HttpsReceiver receiver = HttpsReceiver.answering(503)) {
      application.start();
      try (ServiceClient api = new ServiceClient(application.url(), ServiceEnvironment.ADMIN_KEY)) {
        tell(api, application.url(), receiver, mails);
      }
    } finally {
      mails.stop();
    }
  }

  private static void tell(ServiceClient api, URI url, HttpsReceiver receiver, GreenMail mails)
      throws Exception {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint =
        company.createEndpoint(
            """
            {"url": "%s", "events": ["customer.created"], "description": "<b>Bcc: x@y.example",
             "alert_emails": ["office@clearwater.example"]}
            """
                .formatted(receiver.url()));
    company.publishCustomerCreated(7);
    MimeMessage failing = awaitMail(mails, 1);

    assertThat(failing.getSubject()).contains("is failing");
    assertThat(failing.getAllRecipients()).hasSize(1);
    assertThat(failing.getHeader("Bcc")).isNull();
    assertThat(failing.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
    String source = GreenMailUtil.getWholeMessage(failing);
    assertThat(source).contains("Last error: 503.").doesNotContain("\nBcc:");

    PageClient browser =
        PageClient.opened(url, PortalLinks.of(company, "viewer").replace(PUBLIC_URL, ""));
    String link = find("See a delivery that failed: " + PUBLIC_URL + "(\\S+)", text(failing));
    assertThat(browser.get(link).statusCode()).isEqualTo(200);

    receiver.respondWith(200);
    company.publishCustomerCreated(8);
    assertThat(awaitMail(mails, 2).getSubject()).contains("works again");

    String unsubscribe =
        find("<" + PUBLIC_URL + "(\\S+)>", failing.getHeader("List-Unsubscribe")[0]);
    assertThat(browser.get(unsubscribe).body()).contains("office@clearwater.example");
    assertThat(alertEmails(endpoint)).isEqualTo(1);
    assertThat(browser.get(unsubscribe + "A").statusCode()).isEqualTo(404);
    assertThat(browser.postRaw(unsubscribe, "List-Unsubscribe=One-Click").statusCode())
        .isEqualTo(200);
    assertThat(alertEmails(endpoint)).isZero();

    endpoint.patch("{\"alert_emails\": [\"office@clearwater.example\"]}");
    assertThat(browser.postParts(unsubscribe, "List-Unsubscribe", "One-Click").statusCode())
        .isEqualTo(200);
    assertThat(alertEmails(endpoint)).as("after multipart/form-data").isZero();
  }

  private static int alertEmails(TestEndpoint endpoint) {
    return endpoint.company().api().get(endpoint.path()).expect(200).path("alert_emails").size();
  }

  private static String text(MimeMessage message) throws Exception {
    return String.valueOf(
        ((jakarta.mail.internet.MimeMultipart) message.getContent()).getBodyPart(0).getContent());
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private static MimeMessage awaitMail(GreenMail mails, int count) {
    return Await.until(
        count + " mails", mails::getReceivedMessages, received -> received.length >= count)[
        count - 1];
  }
}
