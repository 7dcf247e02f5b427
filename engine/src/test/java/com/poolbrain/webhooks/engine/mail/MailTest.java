package com.poolbrain.webhooks.engine.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {

  private static Mail mail(String address, String subject) {
    return new Mail(
        new UUID(1, 2), address, subject, "text", "html", URI.create("https://hooks.example/u"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: x@y.example",
        "a\nBcc: x@y.example",
        "a\rBcc: x@y.example",
        "a\u0085Bcc: x@y.example",
        "a\u2028Bcc: x@y.example",
        "a\u0000\u202eBcc: x@y.example",
        "  a \uD800Bcc: x@y.example\r\n"
      })
  void subject_is_one_line_whatever_it_contains(String subject) {
    assertThat(mail("office@clearwater.example", subject).subject().replaceAll(" +", " "))
        .isEqualTo("a Bcc: x@y.example");
  }

  @Test
  void subject_is_cut_between_characters() {
    String subject = mail("office@clearwater.example", "🏊".repeat(400)).subject();
    assertThat(subject.codePointCount(0, subject.length())).isEqualTo(Mail.MAX_SUBJECT);
    assertThat(subject).startsWith("🏊🏊").endsWith("🏊…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "office", "a@b.example\r\nBcc: x@y.example", "a@b.example, c@d.example"})
  void text_that_is_no_address_makes_no_mail(String address) {
    assertThatThrownBy(() -> mail(address, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("Bcc");
  }
}
