package com.poolbrain.webhooks.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerTextTest {

  @Test
  void keepsTextAsItIs() {
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
  void replacesWhatWouldDoHarm(String hex, String because) {
    assertThat(of(HexFormat.of().parseHex(hex.replace(" ", "")), 100))
        .as(because)
        .isEqualTo("a\ufffdb");
  }

  @Test
  void cutsBetweenCharacters() {
    byte[] bytes = "aä🎉".getBytes(StandardCharsets.UTF_8);

    assertThat(of(bytes, 7)).isEqualTo("aä🎉");
    assertThat(of(bytes, 6)).isEqualTo("aä");
    assertThat(of(bytes, 2)).isEqualTo("a");
  }

  @Test
  void countsWhatItReplacesAsWhatItBecomes() {
    assertThat(of(new byte[100], 10).getBytes(StandardCharsets.UTF_8)).hasSize(9);
  }

  private static String of(byte[] bytes, int most) {
    return AnswerText.of(bytes, bytes.length, most);
  }
}
