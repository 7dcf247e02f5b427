package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the `data` of a type looks like, as compact JSON.
///
/// @param single one object
/// @param grouped an array of at least two; null for a type that is never grouped
public record Samples(String single, @Nullable String grouped) {

  /// @throws JsonRefusedException if one of them is not JSON
  public Samples {
    single = compact(single);
    grouped = grouped == null ? null : compact(grouped);
  }

  private static String compact(String json) {
    byte[] ascii = AsciiJsonCopier.compact(json.getBytes(StandardCharsets.UTF_8));
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
