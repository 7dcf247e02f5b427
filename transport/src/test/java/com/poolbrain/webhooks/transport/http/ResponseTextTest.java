package com.poolbrain.webhooks.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponseTextTest {

  @Test
  void valid_text_is_kept_unchanged() {
    String text = "Grüße 🎉\r\n\tok";

    assertThat(of(text.getBytes(StandardCharsets.UTF_8), 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "6100 62, NUL can't be stored",
    "611b 62, an escape could steer a terminal",
    "617f 62, delete",
    "61c29b 62, C1",
    "61ff 62, no UTF-8",
    "61c0 62, broken off",
  })
  void control_characters_and_invalid_utf8_are_replaced(String hex, String reason) {
    assertThat(of(HexFormat.of().parseHex(hex.replace(" ", "")), 100))
        .as(reason)
        .isEqualTo("a\ufffdb");
  }

  @Test
  void text_is_cut_between_characters() {
    byte[] bytes = "aä🎉".getBytes(StandardCharsets.UTF_8);

    assertThat(of(bytes, 7)).isEqualTo("aä🎉");
    assertThat(of(bytes, 6)).isEqualTo("aä");
    assertThat(of(bytes, 2)).isEqualTo("a");
  }

  @Test
  void replaced_characters_count_with_the_size_of_their_replacement() {
    assertThat(of(new byte[100], 10).getBytes(StandardCharsets.UTF_8)).hasSize(9);
  }

  private static String of(byte[] bytes, int maxBytes) {
    return ResponseText.of(bytes, bytes.length, maxBytes);
  }
}
