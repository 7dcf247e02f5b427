package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonToken;

class StrictJsonReaderTest {

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
  void invalid_json_is_malformed(String text) {
    InvalidJsonException exception = readInvalid(utf8(text));

    assertThat(exception.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(exception.isMalformed()).isTrue();
    assertThat(exception)
        .message()
        .endsWith(".")
        .doesNotContain("Source", "Jackson", "byte[]", "Feature", "marker", "what stands here");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[NaN] | line 1, column 5: JSON has no NaN and no infinity; send a number",
        "[-Infinity] | JSON has no NaN and no infinity",
        "{\"a\": | the document ends too early",
        "[\"a | the document ends too early",
        "[01] | must not begin with a zero",
        "[+1] | must not begin with +",
        "[1.] | write it like -12.5",
        "[1e] | write it like -12.5",
        "[-] | write it like -12.5",
        "[.5] | a value must stand here",
        "[\"a\tb\"] | control character in a string must be escaped",
        "[\"\\x\"] | a backslash in a string must begin an escape",
        "[\"\\u12\"] | a backslash in a string must begin an escape",
        "[True] | write true, false and null in lower case",
        "[undefined] | this word is no value",
        "{a:1} | a key in double quotes must stand here",
        "{'a':1} | a key in double quotes must stand here",
        "{\"a\":1,} | no comma may stand before }",
        "{\"a\" 1} | a colon must follow the key",
        "{\"a\":1 \"b\":2} | a comma or a closing bracket is missing here",
        "[1}  | this closing bracket does not fit",
        "[1,] | a value must stand here",
        "['a'] | a value must stand here",
        "/* c */ 1 | JSON has no comments",
        "[\u0000] | a control character stands here",
        "1x | something follows after the end",
        "[0x1] | write it like -12.5",
      })
  void message_about_invalid_json_says_what_to_do(String text, String expected) {
    assertThat(readInvalid(utf8(text))).hasMessageContaining(expected);
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
  void valid_json_is_read(String text) {
    assertThatCode(() -> readFully(utf8(text))).doesNotThrowAnyException();
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
  void invalid_utf8_is_malformed(String hex, int position) {
    InvalidJsonException exception = readInvalid(HexFormat.of().parseHex(hex));

    assertThat(exception.reason()).isEqualTo(Reason.ENCODING);
    assertThat(exception.isMalformed()).isTrue();
    assertThat(exception).hasMessageContaining("position " + position + " ");
  }

  @Test
  void encodings_other_than_utf8_are_rejected() {
    assertThat(readInvalid("[1]".getBytes(StandardCharsets.UTF_16LE)).isMalformed()).isTrue();
    assertThat(readInvalid("[1]".getBytes(StandardCharsets.UTF_16BE)).isMalformed()).isTrue();
    assertThat(readInvalid("[1]".getBytes(StandardCharsets.UTF_16)).reason())
        .isEqualTo(Reason.ENCODING);
    assertThat(readInvalid(HexFormat.of().parseHex("0000005b0000005d")).isMalformed()).isTrue();
    assertThat(readInvalid(utf8("\ufeff[1]")).reason()).isEqualTo(Reason.ENCODING);
  }

  @Test
  void duplicate_key_is_malformed() {
    InvalidJsonException exception = readInvalid(utf8("[{\"a\":{\"b\":1,\"c\":2,\"\\u0062\":3}}]"));

    assertThat(exception.reason()).isEqualTo(Reason.DUPLICATE_KEY);
    assertThat(exception.isMalformed()).isTrue();
    assertThat(exception.pointer()).isEqualTo("/0/a/b");
  }

  @Test
  void nesting_deeper_than_64_is_malformed() {
    readFully(utf8("[".repeat(64) + "]".repeat(64)));
    readFully(utf8("{\"a\":".repeat(64) + "1" + "}".repeat(64)));

    for (String deep : new String[] {"[".repeat(65), "{\"a\":".repeat(65), "[".repeat(10_000)}) {
      InvalidJsonException exception = readInvalid(utf8(deep));
      assertThat(exception.reason()).isEqualTo(Reason.NESTING_TOO_DEEP);
      assertThat(exception.isMalformed()).isTrue();
      assertThat(exception).hasMessageContaining("64");
    }
  }

  @Test
  void too_long_value_is_rejected_but_not_malformed() {
    readFully(utf8("[\"" + "x".repeat(StrictJsonReader.MAX_STRING_LENGTH) + "\"]"));
    readFully(utf8("{\"" + "x".repeat(StrictJsonReader.MAX_NAME_LENGTH) + "\":1}"));
    readFully(utf8("[" + "1".repeat(StrictJsonReader.MAX_NUMBER_LENGTH) + "]"));

    assertTooLong(
        "[\"" + "x".repeat(StrictJsonReader.MAX_STRING_LENGTH + 1) + "\"]", "string", "/0");
    assertTooLong(
        "[\"" + "\u00e9".repeat(StrictJsonReader.MAX_STRING_LENGTH + 1) + "\"]", "string", "/0");
    assertTooLong("{\"" + "x".repeat(StrictJsonReader.MAX_NAME_LENGTH + 1) + "\":1}", "key", "");
    assertTooLong("[" + "1".repeat(StrictJsonReader.MAX_NUMBER_LENGTH + 1) + "]", "number", "/0");
    assertTooLong("[1." + "1".repeat(StrictJsonReader.MAX_NUMBER_LENGTH) + "]", "number", "/0");
    assertTooLong("[1e" + "1".repeat(StrictJsonReader.MAX_NUMBER_LENGTH) + "]", "number", "/0");
  }

  @Test
  void object_with_more_than_a_thousand_keys_is_rejected_but_not_malformed() {
    String keys =
        IntStream.range(0, StrictJsonReader.MAX_KEYS)
            .mapToObj(i -> "\"k" + i + "\":0")
            .collect(Collectors.joining(","));
    readFully(utf8("[{" + keys + "},{" + keys + "}]"));

    String document = "[{\"a\":{" + keys + ",\"more\":0}}]";
    assertTooLong(document, "more than 1000 keys", "/0/a");
    try (var json = StrictJsonReader.open(utf8(document))) {
      json.next();
      assertThat(catchThrowableOfType(InvalidJsonException.class, json::skipValue).reason())
          .isEqualTo(Reason.TOO_LONG);
    }
  }

  private static void assertTooLong(String text, String what, String pointer) {
    InvalidJsonException exception = readInvalid(utf8(text));

    assertThat(exception.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(exception.isMalformed()).isFalse();
    assertThat(exception.toValidationError().detail()).contains(what);
    assertThat(exception.pointer()).startsWith(pointer);
  }

  @Test
  void pointer_follows_the_reader() {
    try (var json = StrictJsonReader.open(utf8("[{\"a/b\":[true,{\"~\":7.0}]}]"), "/base")) {
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
      json.requireEnd();
    }
  }

  @Test
  void skipped_value_is_still_checked() {
    try (var json = StrictJsonReader.open(utf8("[{\"a\":1,\"a\":2},3]"))) {
      json.next();
      InvalidJsonException exception =
          catchThrowableOfType(InvalidJsonException.class, json::skipValue);
      assertThat(exception.reason()).isEqualTo(Reason.DUPLICATE_KEY);
    }
  }

  private static InvalidJsonException readInvalid(byte[] document) {
    InvalidJsonException exception =
        catchThrowableOfType(InvalidJsonException.class, () -> readFully(document));
    assertThat(exception).describedAs(new String(document, StandardCharsets.UTF_8)).isNotNull();
    return exception;
  }

  /// Reads a document to its end with all its strings.
  private static void readFully(byte[] document) {
    AsciiJsonCopier.compact(document);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
