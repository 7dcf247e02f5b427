package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiJsonCopierTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "1.10",
        "1e400",
        "-0",
        "0",
        "-0.0",
        "1E+5",
        "1e-7",
        "0.1000",
        "123456789012345678901234567890123456789",
        "-1.0E+00"
      })
  void numbers_keep_their_digits(String number) {
    assertThat(compact("{ \"n\" : [ " + number + " ] }")).isEqualTo("{\"n\":[" + number + "]}");
    assertThat(compact(number)).isEqualTo(number);
  }

  @Test
  void key_order_is_kept_and_white_space_is_removed() {
    assertThat(compact(" {\"b\" : 1,\r\n\t\"a\":[ ] , \"c\":{ },\"\":[{},[null,true , false]]} "))
        .isEqualTo("{\"b\":1,\"a\":[],\"c\":{},\"\":[{},[null,true,false]]}");
  }

  /// Expected texts were written by `json.dumps` of Python 3.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Zoë 你好, Zo\\u00eb \\u4f60\\u597d",
        "😀, \\ud83d\\ude00",
        "a\\/b, a/b",
        "\\u0041\\u00E9, A\\u00e9",
        "\\b\\f\\n\\r\\t, \\b\\f\\n\\r\\t",
        "\\u0008\\u000c\\u000a\\u000d\\u0009, \\b\\f\\n\\r\\t",
        "\\u0000\\u001f\\u007f, \\u0000\\u001f\\u007f",
        "\\\"\\\\, \\\"\\\\",
        "\u007f\u0080\u2028\uffff, \\u007f\\u0080\\u2028\\uffff",
        "~ !, ~ !"
      })
  void strings_are_escaped_like_python_json_dumps(String sent, String copied) {
    assertThat(compact("\"" + sent + "\"")).isEqualTo("\"" + copied + "\"");
    assertThat(compact("{\"" + sent + "\":1}")).isEqualTo("{\"" + copied + "\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[`\\ud800`]; /0",
        "{`a`:`x\\udc00`}; /a",
        "{`a`:[1,`\\ud83d\\ud83d\\ude00`]}; /a/1",
        "[`\\ud83dx`]; /0",
        "[`\\ude00\\ud83d`]; /0",
        "{`a`:{`x\\ud800`:1}}; /a",
        "{`a`:{`x\\ud800x`:1}}; /a",
        "{`a`:{`x\\udc00`:1}}; /a"
      })
  void lone_surrogate_is_rejected_with_its_pointer(String sent, String pointer) {
    InvalidJsonException exception =
        catchThrowableOfType(InvalidJsonException.class, () -> compact(sent.replace('`', '"')));

    assertThat(exception.reason()).isEqualTo(Reason.LONE_SURROGATE);
    assertThat(exception.isMalformed()).isFalse();
    assertThat(exception.pointer()).isEqualTo(pointer);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void copy_of_random_json_matches_the_reference(long seed) {
    var document = new RandomJson(new SplittableRandom(seed));
    for (int i = 0; i < 400; i++) {
      document.generate();

      assertThat(compact(document.input())).isEqualTo(document.expected());
    }
  }

  @Test
  void copier_can_be_reused() {
    var copier = new AsciiJsonCopier();
    try (var json =
        StrictJsonReader.open("[{\"a\":[1]},\"\u00e9\",7]".getBytes(StandardCharsets.UTF_8))) {
      json.next();
      json.next();
      assertThat(copier.copy(json)).asString(StandardCharsets.US_ASCII).isEqualTo("{\"a\":[1]}");
      json.next();
      assertThat(copier.copy(json)).asString(StandardCharsets.US_ASCII).isEqualTo("\"\\u00e9\"");
      json.next();
      assertThat(copier.copy(json)).asString(StandardCharsets.US_ASCII).isEqualTo("7");
      json.next();
      json.requireEnd();
    }
  }

  @Test
  void buffer_grows_for_long_strings() {
    String text = "\u00e9x".repeat(50_000);

    assertThat(compact("[\"" + text + "\"]")).isEqualTo("[\"" + "\\u00e9x".repeat(50_000) + "\"]");
  }

  private static String compact(String json) {
    return new String(
        AsciiJsonCopier.compact(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
  }
}
