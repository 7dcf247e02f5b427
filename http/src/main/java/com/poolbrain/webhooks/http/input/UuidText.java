package com.poolbrain.webhooks.http.input;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The text form of UUIDs.
public final class UuidText {

  private static final int LENGTH = 36;

  private UuidText() {}

  /// The UUID of a text of 36 characters; null if it is no UUID.
  public static @Nullable UUID parse(String text) {
    if (text.length() != LENGTH) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
