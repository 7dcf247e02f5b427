package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.signature.VerificationResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request and the decision about it.
///
/// @param envelope the body as JSON; null if it is not an envelope
/// @param verificationResult result of the signature check; null without a secret
/// @param status status code of the response
public record HandledWebhook(
    IncomingRequest request,
    @Nullable JsonNode envelope,
    @Nullable VerificationResult verificationResult,
    Disposition disposition,
    int status) {

  /// The decision about a request.
  public enum Disposition {
    /// Accepted.
    PROCESSED,
    /// Accepted before: acknowledged and not processed again.
    DUPLICATE,
    /// Failed as the [FailureMode] demands.
    SIMULATED_FAILURE,
    /// Rejected: the signature is missing or wrong.
    INVALID_SIGNATURE,
    /// Rejected: the body is not an envelope.
    MALFORMED
  }
}
