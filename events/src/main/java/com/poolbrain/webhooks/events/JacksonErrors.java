package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// Translates exceptions of Jackson into messages for publishers. Jackson tells its errors apart by
/// message text only; the tests of [StrictJsonReader] check these texts.
final class JacksonErrors {

  /// What to do about the error that a part of a message of Jackson stands for.
  private record Advice(String jacksonPart, String sentence) {}

  private static final String NUMBER_ADVICE =
      "this is no number of JSON; write it like -12.5 or 1e3.";

  /// The first that matches counts.
  private static final List<Advice> ADVICE =
      List.of(
          new Advice(
              "Unexpected end-of-input",
              "the document ends too early; send it with all its closing quotes and brackets."),
          new Advice("comment", "JSON has no comments; remove it."),
          new Advice("Non-standard token", "JSON has no NaN and no infinity; send a number."),
          new Advice("Leading zeroes", "a number must not begin with a zero; remove it."),
          new Advice("plus sign", "a number must not begin with +; remove it."),
          new Advice("numeric value", NUMBER_ADVICE),
          new Advice("exadecimal", NUMBER_ADVICE),
          new Advice(
              "unquoted character",
              "a line end, tab or other control character in a string must be escaped; write it"
                  + " like \\n or \\u0009."),
          new Advice(
              "character escape",
              "a backslash in a string must begin an escape; write the backslash itself as"
                  + " \\\\."),
          new Advice("Illegal character", "a control character stands here; remove it."),
          new Advice(
              "Unrecognized token",
              "this word is no value; put text in double quotes, and write true, false and null in"
                  + " lower case."),
          new Advice(
              "start property name",
              "a key in double quotes must stand here; no comma may stand before }."),
          new Advice("colon", "a colon must follow the key; insert it."),
          new Advice("comma", "a comma or a closing bracket is missing here; insert it."),
          new Advice(
              "close marker",
              "this closing bracket does not fit to the last opening one; correct one of the two."),
          new Advice("root-level", "something follows after the end; remove it."),
          new Advice(
              "expected a",
              "a value must stand here: text in double quotes, a number, true, false, null, an"
                  + " array or an object."));

  private JacksonErrors() {}

  static InvalidJsonException toInvalidJson(JacksonException e, String pointer) {
    String jacksonMessage = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException) {
      return limitExceeded(jacksonMessage, pointer);
    }
    if (jacksonMessage.startsWith("Duplicate Object property")) {
      return new InvalidJsonException(
          Reason.DUPLICATE_KEY, pointer, "This key occurs twice; remove one of the two.");
    }
    if (jacksonMessage.contains("surrogate")) {
      return loneSurrogate(pointer);
    }
    TokenStreamLocation position = e.getLocation();
    String location =
        position == null
            ? ""
            : " at line " + position.getLineNr() + ", column " + position.getColumnNr();
    return new InvalidJsonException(
        Reason.SYNTAX, pointer, "This is not JSON" + location + ": " + advice(jacksonMessage));
  }

  private static String advice(String jacksonMessage) {
    return ADVICE.stream()
        .filter(advice -> jacksonMessage.contains(advice.jacksonPart()))
        .findFirst()
        .map(Advice::sentence)
        .orElse("what stands here is not allowed; correct it.");
  }

  /// Found by Jackson in keys, and by [AsciiJsonCopier] in strings.
  static InvalidJsonException loneSurrogate(String pointer) {
    return new InvalidJsonException(
        Reason.LONE_SURROGATE,
        pointer,
        "A surrogate (\\ud800 to \\udfff) without its other half is not a character; remove it.");
  }

  private static InvalidJsonException limitExceeded(String jacksonMessage, String pointer) {
    if (jacksonMessage.contains("nesting depth")) {
      return new InvalidJsonException(
          Reason.NESTING_TOO_DEEP,
          pointer,
          "Arrays and objects are nested more than "
              + StrictJsonReader.MAX_NESTING
              + " deep; flatten them.");
    }
    String message;
    if (jacksonMessage.startsWith("Number")) {
      message =
          "This number has more than "
              + StrictJsonReader.MAX_NUMBER_LENGTH
              + " characters; shorten it.";
    } else if (jacksonMessage.startsWith("Name")) {
      message =
          "A key has more than " + StrictJsonReader.MAX_NAME_LENGTH + " characters; shorten it.";
    } else {
      message =
          "This string has more than "
              + StrictJsonReader.MAX_STRING_LENGTH
              + " characters; shorten it.";
    }
    return new InvalidJsonException(Reason.TOO_LONG, pointer, message);
  }
}
