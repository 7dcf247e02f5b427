package com.poolbrain.webhooks.http.input;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The text form of UUIDs.
public final class UuidText {

  private UuidText() {}

  /// The UUID of its text of 36 characters, in any case; null for any other text. The JDK reads
  /// more, such as `+` signs and groups of other lengths.
  public static @Nullable UUID parse(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
