package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.JsonRefusedException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// Turns what Jackson says into what a publisher can use. Jackson tells limits and duplicates apart
/// in words only, so the tests of [StrictJson] hold these words.
final class JacksonComplaint {

  private JacksonComplaint() {}

  static JsonRefusedException of(JacksonException e, String pointer) {
    String words = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException) {
      return limit(words, pointer);
    }
    if (words.startsWith("Duplicate Object property")) {
      return new JsonRefusedException(
          Reason.DUPLICATE_KEY, pointer, "This key is there twice; readers disagree which counts.");
    }
    if (words.contains("surrogate")) {
      return loneSurrogate(pointer);
    }
    TokenStreamLocation at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new JsonRefusedException(
        Reason.SYNTAX, pointer, "This is not JSON" + place + ": " + withoutSource(words));
  }

  /// Jackson finds it in keys, and [AsciiJson] in strings.
  static JsonRefusedException loneSurrogate(String pointer) {
    return new JsonRefusedException(
        Reason.LONE_SURROGATE,
        pointer,
        "There is half of a surrogate pair (\\ud800 to \\udfff), which is no character.");
  }

  private static JsonRefusedException limit(String words, String pointer) {
    if (words.contains("nesting depth")) {
      return new JsonRefusedException(
          Reason.NESTING,
          pointer,
          "Arrays and objects are nested more than " + StrictJson.MAX_NESTING + " deep.");
    }
    String sentence;
    if (words.startsWith("Number")) {
      sentence = "This number has more than " + StrictJson.MAX_NUMBER + " characters.";
    } else if (words.startsWith("Name")) {
      sentence = "A key has more than " + StrictJson.MAX_NAME + " characters.";
    } else {
      sentence = "This string has more than " + StrictJson.MAX_STRING + " characters.";
    }
    return new JsonRefusedException(Reason.TOO_LONG, pointer, sentence);
  }

  private static String withoutSource(String words) {
    int source = words.indexOf(" (start marker at");
    String cut = source < 0 ? words : words.substring(0, source);
    return cut.endsWith(".") ? cut : cut + ".";
  }
}
