package com.poolbrain.webhooks.api.fuzz;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.InvalidJsonException;
import java.util.Arrays;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Fuzz target: the JSON copier refuses an input, or its copy has the same names, texts and digits
/// in printable ASCII, and copying it again changes nothing.
public final class JsonFuzzTarget {

  private JsonFuzzTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    byte[] copy;
    try {
      copy = AsciiJsonCopier.compact(input);
    } catch (InvalidJsonException refused) {
      return;
    }
    for (byte b : copy) {
      if (b < ' ' || b > '~') {
        throw new IllegalStateException("the copy has the byte " + b);
      }
    }
    if (!Arrays.equals(copy, AsciiJsonCopier.compact(copy))) {
      throw new IllegalStateException("a second copy differs");
    }
    requireSameTokens(input, copy);
  }

  /// Compares the digits of numbers, since the value of `1e9999999999` is no Java number.
  private static void requireSameTokens(byte[] input, byte[] copy) {
    try (JsonParser expected = JsonMapper.shared().createParser(input);
        JsonParser actual = JsonMapper.shared().createParser(copy)) {
      JsonToken token;
      do {
        token = expected.nextToken();
        if (actual.nextToken() != token
            || !Objects.equals(actual.getString(), expected.getString())) {
          throw new IllegalStateException(
              "the copy differs at " + expected.streamReadContext().pathAsPointer());
        }
      } while (token != null);
    }
  }
}
