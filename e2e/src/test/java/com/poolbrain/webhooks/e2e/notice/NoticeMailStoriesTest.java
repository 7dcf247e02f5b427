package com.poolbrain.webhooks.e2e.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What people get by mail, and how often.
class NoticeMailStoriesTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String HOST = "consumer.example";

  @AutoClose private final MailOffice office = MailOffice.open();
  private final Endpoint endpoint = office.createEndpoint(MailOffice.ADDRESS);

  private void reveal() {
    office.config.endpoints().revealSecrets(40, endpoint.id(), ConfigFixture.ACTOR);
  }

  private void roll() {
    office
        .config
        .endpoints()
        .changeSecrets(
            40,
            endpoint.id(),
            _ -> SigningSecrets.of("whsec_" + "d".repeat(43) + "="),
            AuditAction.SECRET_ROLLED,
            ConfigFixture.ACTOR);
  }

  private String text(int mail) throws Exception {
    return ((MimeMultipart) office.mails().get(mail).getContent())
        .getBodyPart(0)
        .getContent()
        .toString();
  }

  private String awaitNextAfter(Duration time, int count) {
    office.advance(time);
    return office.awaitSubject(count);
  }

  @Test
  void each_kind_of_notice_is_one_mail() throws Exception {
    reveal();
    assertThat(awaitNextAfter(HOUR, 1))
        .isEqualTo("Webhooks: The signing secret of " + HOST + " was revealed");
    roll();
    assertThat(awaitNextAfter(HOUR, 2))
        .isEqualTo("Webhooks: A new signing secret of " + HOST + " was made");
    office.typeChange("The field poolId may be null.");
    office.typeChange("The field poolId was added.");
    assertThat(awaitNextAfter(HOUR, 3))
        .isEqualTo("Webhooks: Events that " + HOST + " gets have changed");
    office.certificate(endpoint, office.now().plus(Duration.ofDays(10)));
    assertThat(awaitNextAfter(HOUR, 4))
        .startsWith("Webhooks: The certificate of " + HOST + " expires on ");
    office.permanentFailure(endpoint);
    assertThat(awaitNextAfter(HOUR, 5))
        .isEqualTo("Webhooks: A delivery to " + HOST + " permanently failed");
    office.attempts(endpoint, "-----");
    assertThat(awaitNextAfter(HOUR, 6)).isEqualTo("Webhooks: " + HOST + " is failing");
    for (int day = 1; day <= 3; day++) {
      assertThat(awaitNextAfter(Duration.ofDays(1), 6 + day))
          .isEqualTo("Webhooks: " + HOST + " is still failing");
    }
    office.attempts(endpoint, "+");
    assertThat(awaitNextAfter(HOUR, 10)).isEqualTo("Webhooks: " + HOST + " works again");
    office.advance(HOUR);
    office.awaitRun();

    assertThat(office.subjects()).hasSize(10);
    assertThat(text(0)).contains("It was shown to key:ops.");
    assertThat(text(2)).contains("pool.opened: The field poolId was added.");
    assertThat(text(5))
        .contains("Last error: 503.", "https://hooks.example/companies/40/webhooks/");
    assertThat(office.mails())
        .allSatisfy(mail ->
            assertThat(mail.getHeader("List-Unsubscribe", null))
                .startsWith("<https://hooks.example/unsubscribe/"));
  }

  @Test
  void same_notice_is_mailed_once_an_hour() throws Exception {
    reveal();
    assertThat(awaitNextAfter(Duration.ofSeconds(10), 1)).contains("revealed");
    for (int i = 0; i < 5; i++) {
      reveal();
      office.advance(Duration.ofMinutes(10));
      office.awaitRun();
    }
    assertThat(office.subjects()).hasSize(1);
    assertThat(awaitNextAfter(Duration.ofMinutes(11), 2)).contains("revealed");
    office.advance(HOUR);
    office.awaitRun();
    assertThat(office.subjects()).hasSize(2);
  }

  @Test
  void storm_of_failures_is_a_few_digests_for_each_address() throws Exception {
    for (int i = 0; i < 30; i++) {
      Endpoint other = office.createEndpoint(MailOffice.ADDRESS, "dev@clearwater.example");
      office.attempts(other, "-----");
    }
    office.advance(HOUR);
    office.awaitSubject(2);
    office.advance(HOUR);
    office.awaitRun();

    // The storm takes 150 s: an address gets a mail after 0, 5, 15, 35, 75 and 155 s.
    assertThat(office.subjects()).hasSizeBetween(2, 2 * 7);
    assertThat(office.subjects())
        .anyMatch(subject -> subject.endsWith("notices about your webhooks"));
  }

  @Test
  void mail_server_that_is_away_for_ten_minutes_delays_the_mail_and_loses_none() throws Exception {
    office.stopMails();
    office.attempts(endpoint, "-----");
    for (int minute = 0; minute < 10; minute++) {
      office.advance(Duration.ofMinutes(1));
      office.awaitRun();
    }
    office.restartMails();
    assertThat(awaitNextAfter(Duration.ofMinutes(1), 1))
        .isEqualTo("Webhooks: " + HOST + " is failing");
    office.advance(HOUR);
    office.awaitRun();
    assertThat(office.subjects()).hasSize(1);
  }
}
