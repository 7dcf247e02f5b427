package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.InvalidJsonException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// Translates exceptions of Jackson into messages for publishers. Jackson marks limits and
/// duplicate keys by its message text only; the tests of [StrictJsonReader] check these texts.
final class JacksonErrors {

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
        Reason.SYNTAX,
        pointer,
        "This is not JSON" + location + ": " + withoutSourceMarker(jacksonMessage));
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
          "Arrays and objects are nested more than " + StrictJsonReader.MAX_NESTING + " deep.");
    }
    String message;
    if (jacksonMessage.startsWith("Number")) {
      message = "This number has more than " + StrictJsonReader.MAX_NUMBER_LENGTH + " characters.";
    } else if (jacksonMessage.startsWith("Name")) {
      message = "A key has more than " + StrictJsonReader.MAX_NAME_LENGTH + " characters.";
    } else {
      message = "This string has more than " + StrictJsonReader.MAX_STRING_LENGTH + " characters.";
    }
    return new InvalidJsonException(Reason.TOO_LONG, pointer, message);
  }

  private static String withoutSourceMarker(String jacksonMessage) {
    int markerStart = jacksonMessage.indexOf(" (start marker at");
    String shortened = markerStart < 0 ? jacksonMessage : jacksonMessage.substring(0, markerStart);
    return shortened.endsWith(".") ? shortened : shortened + ".";
  }
}
