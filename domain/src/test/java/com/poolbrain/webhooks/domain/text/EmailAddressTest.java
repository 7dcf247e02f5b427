package com.poolbrain.webhooks.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which texts are addresses that a mail can be sent to.
final class EmailAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops@example.com",
        "first.last+pools@mail.blue-pools.co.uk",
        "o'brien@example.com",
        "_@x.yz",
        "1@2.3.example"
      })
  void usual_address_is_accepted(String text) {
    assertThat(EmailAddress.findError(text)).isNull();
  }

  /// The last but two would add headers or recipients to a mail.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ops",
        "ops@example",
        "@example.com",
        "ops@",
        "ops@@example.com",
        "a..b@example.com",
        ".a@example.com",
        "a.@example.com",
        "ops@-example.com",
        "ops@example-.com",
        "ops@exa_mple.com",
        "ops@.com",
        "ops@[127.0.0.1]",
        "\"a b\"@example.com",
        "Ops <ops@example.com>",
        "\u00f6ps@example.com",
        "ops@example.com ",
        "ops@example.com,x@example.com",
        "ops@example.com\r\nBcc: x@example.com",
        "ops@example.com\n"
      })
  void other_text_is_refused(String text) {
    assertThat(EmailAddress.findError(text)).contains("such as ops@example.com");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65})
  void local_part_has_at_most_64_characters(int length) {
    String text = "a".repeat(length) + "@example.com";

    assertThat(EmailAddress.findError(text) == null).isEqualTo(length == 64);
  }

  @ParameterizedTest
  @ValueSource(ints = {254, 255})
  void address_has_at_most_254_characters(int length) {
    String domain = ("d".repeat(60) + ".").repeat(4);
    String text = "a".repeat(length - domain.length() - 4) + "@" + domain + "com";

    assertThat(text).hasSize(length);
    assertThat(EmailAddress.findError(text) == null).isEqualTo(length == 254);
  }
}
