package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.JsonRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonToken;

class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "{'a':1}",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[+1]",
        "[01]",
        "[1.]",
        "[.5]",
        "[0x1]",
        "[1e]",
        "[tru]",
        "[nul]",
        "[\"a\nb\"]",
        "[\"a\tb\"]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"a",
        "/* c */ 1",
        "[1] // c",
        "# c\n1",
        "1 2",
        "{} {}",
        "{}]",
        "[\u0000]",
        "\u00a0[]"
      })
  void whatIsNotJsonIsMalformed(String text) {
    JsonRefusedException refused = refused(utf8(text));

    assertThat(refused.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(refused.isMalformed()).isTrue();
    assertThat(refused).message().endsWith(".").doesNotContain("Source", "Jackson", "byte[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0",
        "\"a\"",
        "null",
        " [ 1 , 2 ] \n",
        "{}",
        "[[],{}]",
        "{\"a\":{\"a\":[1e400]}}"
      })
  void whatIsJsonIsRead(String text) {
    assertThatCode(() -> walk(utf8(text))).doesNotThrowAnyException();
  }

  /// Overlong forms, encoded surrogates, beyond U+10FFFF, cut-off and stray bytes.
  @ParameterizedTest
  @CsvSource({
    "22c080, 1",
    "22c1bf22, 1",
    "22e08080, 1",
    "22e09fbf22, 1",
    "22f0808080, 1",
    "22f08fbfbf22, 1",
    "22eda080eda08022, 1",
    "22edb08022, 1",
    "22f490808022, 1",
    "22f5808080, 1",
    "22ff22, 1",
    "2280, 1",
    "226162c3, 3",
    "22e282, 1",
    "22f09f98, 1",
    "22c322, 1",
    "6162636465666768e9, 8"
  })
  void bytesThatAreNotUtf8AreMalformed(String hex, int position) {
    JsonRefusedException refused = refused(HexFormat.of().parseHex(hex));

    assertThat(refused.reason()).isEqualTo(Reason.ENCODING);
    assertThat(refused.isMalformed()).isTrue();
    assertThat(refused).hasMessageContaining("position " + position + " ");
  }

  @Test
  void otherEncodingsAreNotGuessed() {
    assertThat(refused("[1]".getBytes(StandardCharsets.UTF_16LE)).isMalformed()).isTrue();
    assertThat(refused("[1]".getBytes(StandardCharsets.UTF_16BE)).isMalformed()).isTrue();
    assertThat(refused("[1]".getBytes(StandardCharsets.UTF_16)).reason())
        .isEqualTo(Reason.ENCODING);
    assertThat(refused(HexFormat.of().parseHex("0000005b0000005d")).isMalformed()).isTrue();
    assertThat(refused(utf8("\ufeff[1]")).reason()).isEqualTo(Reason.ENCODING);
  }

  @Test
  void everyCharacterOfUnicodeIsUtf8() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        assertThat(Utf8.firstMalformed(utf8("12345678" + Character.toString(c) + "x")))
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void aKeyMayNotBeThereTwice() {
    JsonRefusedException refused = refused(utf8("[{\"a\":{\"b\":1,\"c\":2,\"\\u0062\":3}}]"));

    assertThat(refused.reason()).isEqualTo(Reason.DUPLICATE_KEY);
    assertThat(refused.isMalformed()).isTrue();
    assertThat(refused.pointer()).isEqualTo("/0/a/b");
  }

  @Test
  void nestsAtMost64Deep() {
    walk(utf8("[".repeat(64) + "]".repeat(64)));
    walk(utf8("{\"a\":".repeat(64) + "1" + "}".repeat(64)));

    for (String deep : new String[] {"[".repeat(65), "{\"a\":".repeat(65), "[".repeat(10_000)}) {
      JsonRefusedException refused = refused(utf8(deep));
      assertThat(refused.reason()).isEqualTo(Reason.NESTING);
      assertThat(refused.isMalformed()).isTrue();
      assertThat(refused).hasMessageContaining("64");
    }
  }

  @Test
  void lengthsAreLimitedWithoutBeingMalformed() {
    walk(utf8("[\"" + "x".repeat(StrictJson.MAX_STRING) + "\"]"));
    walk(utf8("{\"" + "x".repeat(StrictJson.MAX_NAME) + "\":1}"));
    walk(utf8("[" + "1".repeat(StrictJson.MAX_NUMBER) + "]"));

    assertTooLong("[\"" + "x".repeat(StrictJson.MAX_STRING + 1) + "\"]", "string", "/0");
    assertTooLong("[\"" + "\u00e9".repeat(StrictJson.MAX_STRING + 1) + "\"]", "string", "/0");
    assertTooLong("{\"" + "x".repeat(StrictJson.MAX_NAME + 1) + "\":1}", "key", "");
    assertTooLong("[" + "1".repeat(StrictJson.MAX_NUMBER + 1) + "]", "number", "/0");
    assertTooLong("[1." + "1".repeat(StrictJson.MAX_NUMBER) + "]", "number", "/0");
    assertTooLong("[1e" + "1".repeat(StrictJson.MAX_NUMBER) + "]", "number", "/0");
  }

  private static void assertTooLong(String text, String what, String pointer) {
    JsonRefusedException refused = refused(utf8(text));

    assertThat(refused.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(refused.isMalformed()).isFalse();
    assertThat(refused.problem().detail()).contains(what);
    assertThat(refused.pointer()).startsWith(pointer);
  }

  @Test
  void knowsWhereItStands() {
    try (var json = StrictJson.open(utf8("[{\"a/b\":[true,{\"~\":7.0}]}]"), "/base")) {
      assertThat(json.token()).isNull();
      assertThat(json.next()).isEqualTo(JsonToken.START_ARRAY);
      assertThat(json.pointer()).isEqualTo("/base");
      json.next();
      assertThat(json.pointer()).isEqualTo("/base/0");
      json.next();
      assertThat(json.name()).isEqualTo("a/b");
      json.next();
      json.next();
      assertThat(json.pointer()).isEqualTo("/base/0/a~1b/0");
      json.next();
      json.next();
      json.next();
      assertThat(json.pointer()).isEqualTo("/base/0/a~1b/1/~0");
      assertThat(json.text()).isEqualTo("7.0");
      json.next();
      assertThat(json.token()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(json.pointer()).isEqualTo("/base/0/a~1b/1");
      json.next();
      json.next();
      json.next();
      json.end();
    }
  }

  @Test
  void skippingChecksToo() {
    try (var json = StrictJson.open(utf8("[{\"a\":1,\"a\":2},3]"))) {
      json.next();
      JsonRefusedException refused =
          catchThrowableOfType(JsonRefusedException.class, json::skipValue);
      assertThat(refused.reason()).isEqualTo(Reason.DUPLICATE_KEY);
    }
  }

  private static JsonRefusedException refused(byte[] document) {
    JsonRefusedException refused =
        catchThrowableOfType(JsonRefusedException.class, () -> walk(document));
    assertThat(refused).describedAs(new String(document, StandardCharsets.UTF_8)).isNotNull();
    return refused;
  }

  /// Reads a document to its end, as a copier would.
  private static void walk(byte[] document) {
    AsciiJson.compact(document);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
