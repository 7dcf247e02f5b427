package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.signature.VerificationResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request and the decision about it.
///
/// @param number of the request in the recording
/// @param envelope the body as JSON; null if it is not an envelope
/// @param verificationResult result of the signature check; null without a secret
/// @param forwarded answer of the application; null if the request was not sent on
/// @param status status code of the response
public record HandledWebhook(
    int number,
    IncomingRequest request,
    @Nullable JsonNode envelope,
    @Nullable VerificationResult verificationResult,
    Disposition disposition,
    Forwarder.@Nullable Answer forwarded,
    int status) {

  /// The decision about a request.
  public enum Disposition {
    /// Accepted.
    PROCESSED,
    /// Accepted before: acknowledged and not processed again.
    DUPLICATE,
    /// Sent on to an application, whose answer counts.
    FORWARDED,
    /// Failed as the [FailureMode] demands.
    SIMULATED_FAILURE,
    /// Rejected: the signature is missing or wrong.
    INVALID_SIGNATURE,
    /// Rejected: the body is not an envelope.
    MALFORMED
  }
}
