package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.signature.Verification;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One request after the consumer dealt with it.
///
/// @param received the request
/// @param envelope its body as JSON; null if it is not an envelope
/// @param verification what the signature says; null if there is no secret to check it with
/// @param verdict what was done with it
/// @param status what it was answered with
public record Arrival(
    Received received,
    @Nullable JsonNode envelope,
    @Nullable Verification verification,
    Verdict verdict,
    int status) {

  /// What a consumer does with a request.
  public enum Verdict {
    /// Taken, for the first time.
    PROCESSED,
    /// Taken before: acknowledged and not processed again.
    DUPLICATE,
    /// Refused on request.
    MISBEHAVED,
    /// Not trusted: its signature is missing or wrong.
    UNTRUSTED,
    /// Not understood: no envelope.
    UNREADABLE
  }
}
