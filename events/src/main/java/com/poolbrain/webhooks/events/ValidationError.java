package com.poolbrain.webhooks.events;

import java.nio.charset.StandardCharsets;

/// One thing that is wrong with a JSON document.
///
/// @param pointer where, as a JSON pointer (RFC 6901)
/// @param detail what to do about it, as a sentence
public record ValidationError(String pointer, String detail) {

  /// Both may repeat what somebody sent; half a surrogate pair in it becomes a question mark, so
  /// that the answer can be written.
  public ValidationError {
    pointer = replaceLoneSurrogates(pointer);
    detail = replaceLoneSurrogates(detail);
  }

  static String replaceLoneSurrogates(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
