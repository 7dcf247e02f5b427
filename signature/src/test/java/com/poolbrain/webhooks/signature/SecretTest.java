package com.poolbrain.webhooks.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @Test
  void generated_secret_holds_32_random_bytes() {
    byte[] bytes = new byte[32];
    new SplittableRandom(7).nextBytes(bytes);

    Secret secret = Secret.generate(new SplittableRandom(7));

    assertThat(secret.reveal()).isEqualTo("whsec_" + Base64.getEncoder().encodeToString(bytes));
    assertThat(secret.supportsStandardWebhooks()).isTrue();
    assertThat(Secret.parse(secret.reveal())).isEqualTo(secret);
    assertThat(secret).isNotEqualTo(Secret.generate(new SplittableRandom(8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a b", " a", "a\n", "a\u00a0b", "a\u2003b", "a\u3000"})
  void blank_secret_or_white_space_is_rejected(String text) {
    assertThatThrownBy(() -> Secret.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lone_surrogate_is_rejected() {
    assertThatThrownBy(() -> Secret.parse("abc\ud83d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  @Test
  void secret_has_at_most_256_characters() {
    assertThat(Secret.parse("x".repeat(256)).reveal()).hasSize(256);
    assertThat(Secret.parse("\ud83d\ude00".repeat(256)).reveal()).hasSize(512);
    assertThatThrownBy(() -> Secret.parse("x".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256");
  }

  @Test
  void secret_is_not_shown_by_to_string_or_error_messages() {
    assertThat(Secret.parse("open-sesame")).hasToString("Secret[hidden]");
    assertThatThrownBy(() -> Secret.parse("open sesame"))
        .message()
        .doesNotContain("open")
        .doesNotContain("sesame");
  }

  @ParameterizedTest
  @CsvSource({"23, false", "24, true", "25, true", "32, true", "64, true", "65, false"})
  void standard_webhooks_need_24_to_64_key_bytes(int bytes, boolean supported) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

    assertThat(Secret.parse(text).supportsStandardWebhooks()).isEqualTo(supported);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_not-base64-but-long-enough-for-it",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", // padding is missing
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB==" // spare bits are set
      })
  void secret_of_another_format_does_not_support_standard_webhooks(String text) {
    assertThat(Secret.parse(text).supportsStandardWebhooks()).isFalse();
  }
}
