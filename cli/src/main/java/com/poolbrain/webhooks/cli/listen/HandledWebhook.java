package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.signature.VerificationResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One request after the consumer dealt with it.
///
/// @param request the request
/// @param envelope its body as JSON; null if it is not an envelope
/// @param verificationResult what the signature says; null if there is no secret to check it with
/// @param disposition what was done with it
/// @param status what it was answered with
public record HandledWebhook(
    IncomingRequest request,
    @Nullable JsonNode envelope,
    @Nullable VerificationResult verificationResult,
    Disposition disposition,
    int status) {

  /// What a consumer does with a request.
  public enum Disposition {
    /// Taken, for the first time.
    PROCESSED,
    /// Taken before: acknowledged and not processed again.
    DUPLICATE,
    /// Refused on request.
    SIMULATED_FAILURE,
    /// Not trusted: its signature is missing or wrong.
    INVALID_SIGNATURE,
    /// Not understood: no envelope.
    MALFORMED
  }
}
