package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedMailServer;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedMailServer.Step;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The service is killed after the mail server got a mail, and before it said so. No mail arrives
/// twice: the notices of that mail are not sent again.
class NoticeCrashTest {

  private static final String REVEALED = "was revealed";
  private static final String ROLLED = "was made";

  @AutoClose private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
  @AutoClose private final ScriptedMailServer mailServer = ScriptedMailServer.start();
  @AutoClose private final HttpsReceiver receiver = HttpsReceiver.accepting();

  private final ServiceEnvironment environment =
      RunningService.environmentOn(database.settings())
          .with("WEBHOOKS_LEASE", "5s")
          .with("WEBHOOKS_PUBLIC_URL", "https://hooks.example")
          .with("WEBHOOKS_MAIL_FROM", "webhooks@poolbrain.example")
          .with("WEBHOOKS_SMTP_URL", "smtp://127.0.0.1:" + mailServer.port());

  private List<String> mailsWith(String title) {
    return mailServer.mails().stream().filter(mail -> mail.contains(title)).toList();
  }

  @Test
  void mail_that_a_killed_service_has_sent_is_not_sent_again() {
    mailServer.hang(Step.CONTENT);
    TestEndpoint endpoint;
    try (ServiceProcess service = ServiceProcess.serve(environment);
        ServiceClient api = service.api()) {
      TestCompany company = TestCompany.create(api);
      endpoint =
          company.createEndpoint(
              """
              {"url": "%s", "events": ["customer.created"],
               "alert_emails": ["office@clearwater.example"]}
              """
                  .formatted(receiver.url()));
      api.get(endpoint.path() + "/secret").expect(200);
      Await.until("the mail server has the mail", () -> mailsWith(REVEALED).size() == 1);
      company.publishCustomerCreated(1);
      endpoint.awaitOnlyDelivery("delivered"); // while the mail server does not answer
      service.kill();
    }
    mailServer.replyAsUsual(Step.CONTENT);
    try (RunningService restarted = RunningService.start(environment)) {
      restarted.api().post(endpoint.path() + "/secret/roll", "").expect(200);
      Await.until("the next notice is mailed", () -> !mailsWith(ROLLED).isEmpty());
      assertThat(mailsWith(REVEALED)).hasSize(1);
      assertThat(mailServer.mails()).hasSize(2);
    }
  }
}
