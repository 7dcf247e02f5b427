package com.poolbrain.webhooks.consumer;

import java.util.UUID;

/// A verified webhook in an inbox.
///
/// @param id id of the delivery
/// @param rawBody body as it was received
/// @param attempt number of the attempt with which it was received
/// @param test whether it was a test send
public record InboxMessage(UUID id, byte[] rawBody, int attempt, boolean test) {

  /// A text without the contents.
  @Override
  public String toString() {
    return "InboxMessage[" + id + "]";
  }
}
