package com.poolbrain.webhooks.domain.text;

import static com.poolbrain.webhooks.domain.text.TextRule.LINE;
import static com.poolbrain.webhooks.domain.text.TextRule.LINES;
import static com.poolbrain.webhooks.domain.text.TextRule.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which characters names, descriptions and secrets may have.
final class TextRuleTest {

  private static final String EMOJI_FAMILY = "\ud83d\udc68\u200d\ud83d\udc67";
  private static final String FLAG_OF_SCOTLAND =
      "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f";

  /// Zero-width space, soft hyphen, byte order mark, word joiner, bidirectional override, Hangul
  /// filler, empty Braille pattern, line separator, musical format mark, language tag.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "200b", "00ad", "feff", "2060", "202e", "2066", "115f", "3164", "ffa0", "2800", "2028",
        "fff9", "1bca0", "1d173", "e0001", "e0fff"
      })
  void invisible_character_that_no_script_needs_is_refused_everywhere(String hex) {
    String character = character(hex);

    for (TextRule rule : TextRule.values()) {
      assertThat(rule.findError("ab" + character + "c")).as("%s", rule).contains("at character 3");
      assertThat(rule.findError("ab" + character + "c"))
          .as("%s", rule)
          .containsIgnoringCase("(U+" + (hex.length() < 4 ? "0" + hex : hex) + ")");
      assertThat(rule.findError("ab" + character)).as("%s", rule).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000", "0007", "000d", "001b", "007f", "0085", "009f"})
  void control_character_is_refused_everywhere(String hex) {
    for (TextRule rule : TextRule.values()) {
      assertThat(rule.findError("a" + character(hex))).as("%s", rule).contains("remove it");
    }
  }

  @Test
  void lone_surrogate_is_refused_everywhere() {
    for (TextRule rule : TextRule.values()) {
      assertThat(rule.findError("a\ud83d"))
          .isEqualTo("Has half of a surrogate pair (U+D83D) at character 2; remove it.");
      assertThat(rule.findError("\udc68a")).contains("half of a surrogate pair");
    }
  }

  @Test
  void names_and_descriptions_may_have_what_scripts_and_emoji_need() {
    for (String text :
        List.of(
            "Blue Pools",
            "Zo\u00eb",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian, zero-width non-joiner
            "\u05d0\u200f (1)", // Hebrew, right-to-left mark
            "\u2764\ufe0f", // a heart with a variation selector
            EMOJI_FAMILY,
            FLAG_OF_SCOTLAND)) {
      assertThat(LINE.findError(text)).as(text).isNull();
      assertThat(LINES.findError(text)).as(text).isNull();
    }
  }

  @Test
  void only_descriptions_have_several_lines() {
    assertThat(LINES.findError("a\n\tb")).isNull();
    assertThat(LINE.findError("a\nb"))
        .isEqualTo("Has white space (U+000A) at character 2; remove it.");
    assertThat(LINE.findError("a\tb")).contains("U+0009");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u3000", "\u00a0 ", "\u200d", "\ufe0f\u200e"})
  void name_without_a_visible_character_is_refused(String text) {
    assertThat(LINE.findError(text)).isEqualTo("Must have at least one visible character.");
    assertThat(LINES.findError(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a\u00a0", "\u3000a", "a\u2003b", "a\u200d", "a\u200e", "\u2764\ufe0f"})
  void secret_with_white_space_or_any_invisible_character_is_refused(String text) {
    assertThat(TOKEN.findError(text)).contains("remove it");
  }

  @Test
  void secret_may_have_any_visible_character() {
    assertThat(TOKEN.findError("gr\u00fcn-\ud83c\udfca-!\"~")).isNull();
  }

  /// A message about a secret must not show it.
  @Test
  void message_names_only_the_forbidden_character() {
    assertThat(TOKEN.findError("open sesame"))
        .isEqualTo("Has white space (U+0020) at character 5; remove it.");
  }

  @Test
  void pattern_for_the_document_accepts_the_same_texts() {
    List<String> samples =
        List.of(
            "",
            " ",
            "a",
            "a b",
            "a\tb",
            "a\u0000",
            "a\u200b",
            "\u200d",
            "a\u200d",
            EMOJI_FAMILY,
            FLAG_OF_SCOTLAND,
            character("1bca0"),
            "a" + character("e0001") + "b",
            "\u00a0");
    for (TextRule rule : TextRule.values()) {
      Pattern pattern = Pattern.compile(rule.pattern());
      for (String sample : samples) {
        assertThat(pattern.matcher(sample).find())
            .as("%s %s", rule, HexFormat.of().formatHex(sample.getBytes(UTF_8)))
            .isEqualTo(rule.findError(sample) == null);
      }
    }
  }

  private static String character(String hex) {
    return Character.toString(HexFormat.fromHexDigits(hex));
  }
}
