package com.poolbrain.webhooks.events;

import com.poolbrain.webhooks.events.internal.Utf8;

/// One error in a JSON document.
///
/// @param pointer place of the error, as a JSON pointer (RFC 6901)
/// @param detail sentence that says what to do
public record ValidationError(String pointer, String detail) {

  /// Replaces lone surrogates of both texts by question marks, so that they can be encoded.
  public ValidationError {
    pointer = Utf8.replaceLoneSurrogates(pointer);
    detail = Utf8.replaceLoneSurrogates(detail);
  }
}
