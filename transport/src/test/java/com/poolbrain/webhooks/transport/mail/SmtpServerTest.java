package com.poolbrain.webhooks.transport.mail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.poolbrain.webhooks.engine.mail.Mail;
import com.poolbrain.webhooks.engine.mail.MailResult;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedMailServer;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedMailServer.Step;
import com.poolbrain.webhooks.testkit.endpoint.TestCa;
import com.poolbrain.webhooks.testkit.service.Await;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SmtpServerTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-02-13T06:42:00Z"));

  /// Reaches this machine, but counts as another one, to which mails go with TLS only.
  private static final String OTHER_MACHINE = "0.0.0.0";

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final TestCa CA = TestCa.create(InstantSource.system());

  private static final Mail MAIL =
      new Mail(
          new UUID(1, 2),
          "office@clearwater.example",
          "hooks.clearwater.example is failing – now",
          "It fails.\n.\nStill.",
          "<p>It fails.</p>",
          URI.create("https://hooks.example/unsubscribe/abc"));

  @AutoClose private final ScriptedMailServer scripted = ScriptedMailServer.start();

  private static SmtpServer client(String host, int port, Duration timeout) {
    return client(host, port, timeout, null);
  }

  private static SmtpServer client(
      String host, int port, Duration timeout, @Nullable String password) {
    return new SmtpServer(
        new SmtpSettings(
            host,
            port,
            false,
            password == null ? null : "webhooks",
            password,
            "webhooks@poolbrain.example",
            List.of(CA.certificate()),
            timeout),
        CLOCK);
  }

  private static MailResult connectAndSend(SmtpServer client) {
    assertThat(client.connect()).isNull();
    return client.send(MAIL);
  }

  @Test
  void mail_arrives_as_text_and_html_with_the_headers_of_one_click() throws Exception {
    GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    mails.setUser("webhooks", "secret");
    mails.start();
    try (SmtpServer client = client("127.0.0.1", mails.getSmtp().getPort(), LONG, "secret")) {
      assertThat(connectAndSend(client)).isEqualTo(new MailResult.Accepted());
      assertThat(client.send(MAIL)).isEqualTo(new MailResult.Accepted());
      assertThat(mails.getReceivedMessages()).hasSize(2);
      assertArrived(mails.getReceivedMessages()[0]);
    } finally {
      mails.stop();
    }
  }

  private static void assertArrived(MimeMessage received) throws Exception {
    assertThat(received.getSubject()).isEqualTo(MAIL.subject());
    assertThat(received.getMessageID()).isEqualTo("<" + MAIL.id() + "@poolbrain.example>");
    assertThat(received.getSentDate()).isEqualTo(CLOCK.instant());
    assertThat(received.getHeader("List-Unsubscribe", null))
        .isEqualTo("<https://hooks.example/unsubscribe/abc>");
    assertThat(received.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    var parts = (MimeMultipart) received.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContent().toString().replace("\r", ""))
        .isEqualTo(MAIL.text());
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo(MAIL.html());
  }

  @Test
  void server_of_another_machine_gets_mails_by_starttls_only() {
    SSLContext tls = CA.serverContext(OTHER_MACHINE);
    try (ScriptedMailServer server = ScriptedMailServer.withStartTls(tls);
        SmtpServer client = client(OTHER_MACHINE, server.port(), LONG)) {
      assertThat(connectAndSend(client)).isEqualTo(new MailResult.Accepted());
      assertThat(server.steps())
          .containsSubsequence(Step.EHLO, Step.STARTTLS, Step.EHLO, Step.MAIL, Step.CONTENT);
    }
    try (SmtpServer client = client(OTHER_MACHINE, scripted.port(), LONG)) {
      assertThat(requireNonNull(client.connect())).contains("STARTTLS");
      assertThat(scripted.steps()).doesNotContain(Step.MAIL);
    }
  }

  @Test
  void server_with_a_certificate_that_is_not_trusted_gets_no_mail() {
    SSLContext tls = TestCa.create(InstantSource.system()).serverContext(OTHER_MACHINE);
    try (ScriptedMailServer server = ScriptedMailServer.withStartTls(tls);
        SmtpServer client = client(OTHER_MACHINE, server.port(), LONG)) {
      assertThat(client.connect()).isNotNull();
      assertThat(server.steps()).doesNotContain(Step.MAIL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 unknown, Refused",
    "RCPT, 452 4.2.2 full, Deferred",
    "RCPT, 450 4.2.0 greylisted, Deferred",
    "MAIL, 550 5.7.1 not you, Deferred",
    "DATA, 554 5.7.1 no, Deferred",
    "CONTENT, 554 5.6.0 spam, Refused",
    "CONTENT, 451 4.3.0 later, Deferred"
  })
  void reply_decides_whether_a_mail_is_sent_again(Step step, String reply, String expected) {
    scripted.reply(step, reply);
    try (SmtpServer client = client("localhost", scripted.port(), LONG)) {
      MailResult result = connectAndSend(client);
      assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
      assertThat(result.toString()).contains(reply.substring(0, 3)).doesNotContain("office@");

      scripted.replyAsUsual(step);
      assertThat(connectAndSend(client)).as("next mail").isEqualTo(new MailResult.Accepted());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"GREETING", "EHLO"})
  void server_that_does_not_answer_is_unavailable(Step step) {
    scripted.hang(step);
    try (SmtpServer client = client("localhost", scripted.port(), SHORT)) {
      assertThat(client.connect()).isNotNull();
    }
    scripted.closeAt(step);
    try (SmtpServer client = client("localhost", scripted.port(), LONG)) {
      assertThat(client.connect()).isNotNull();
    }
  }

  @Test
  void server_that_is_not_there_is_unavailable_and_found_again() {
    int port = scripted.port();
    scripted.close();
    try (SmtpServer client = client("localhost", port, LONG)) {
      assertThat(requireNonNull(client.connect())).contains("refused");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"MAIL", "RCPT", "DATA"})
  void mail_whose_content_was_not_sent_is_sent_again(Step step) {
    scripted.hang(step);
    try (SmtpServer client = client("localhost", scripted.port(), SHORT)) {
      assertThat(connectAndSend(client)).isInstanceOf(MailResult.Deferred.class);
    }
    scripted.closeAt(step);
    try (SmtpServer client = client("localhost", scripted.port(), LONG)) {
      assertThat(connectAndSend(client)).isInstanceOf(MailResult.Deferred.class);
    }
    assertThat(scripted.mails()).isEmpty();
  }

  @Test
  void mail_whose_content_was_not_acknowledged_is_not_sent_again() {
    scripted.hang(Step.CONTENT);
    try (SmtpServer client = client("localhost", scripted.port(), SHORT)) {
      assertThat(connectAndSend(client)).isInstanceOf(MailResult.Uncertain.class);
    }
    scripted.closeAt(Step.CONTENT);
    try (SmtpServer client = client("localhost", scripted.port(), LONG)) {
      assertThat(connectAndSend(client)).isInstanceOf(MailResult.Uncertain.class);
    }
    assertThat(scripted.mails()).hasSize(2);
  }

  @Test
  void close_ends_a_call_that_waits_for_the_server() {
    scripted.hang(Step.GREETING);
    SmtpServer client = client("localhost", scripted.port(), LONG);
    CompletableFuture<String> problem =
        CompletableFuture.supplyAsync(() -> String.valueOf(client.connect()));
    Await.until("the client waits", () -> scripted.steps().contains(Step.GREETING));
    client.close();
    assertThat(problem.join()).isNotEqualTo("null");
    assertThat(client.connect()).as("after the end").isNotNull();
  }
}
