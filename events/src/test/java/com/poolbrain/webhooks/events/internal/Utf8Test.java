package com.poolbrain.webhooks.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Test
  void every_unicode_character_is_valid_utf8() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        assertThat(
                Utf8.firstMalformed(
                    ("12345678" + Character.toString(c) + "x").getBytes(StandardCharsets.UTF_8)))
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void lone_surrogate_is_replaced_by_a_question_mark() {
    assertThat(Utf8.replaceLoneSurrogates("a\ud83dz \ud83d\ude00")).isEqualTo("a?z \ud83d\ude00");
  }
}
