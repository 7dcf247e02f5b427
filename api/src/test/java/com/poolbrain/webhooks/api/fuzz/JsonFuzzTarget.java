package com.poolbrain.webhooks.api.fuzz;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.InvalidJsonException;
import java.util.Arrays;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Fuzz target: the JSON copier refuses an input, or its copy has the same values in printable
/// ASCII, and copying it again changes nothing.
public final class JsonFuzzTarget {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /// Exponents beyond it make the comparison of values slow, not the copier.
  private static final int MAX_COMPARED_LENGTH = 200;

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
    if (input.length <= MAX_COMPARED_LENGTH
        && !MAPPER.readTree(input).equals(MAPPER.readTree(copy))) {
      throw new IllegalStateException("the copy has other values");
    }
  }
}
