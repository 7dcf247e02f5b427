package com.poolbrain.webhooks.consumer;

import java.time.Instant;
import java.util.function.Supplier;

/// The result of verifying a request: verified, or the reason why not. It is about the signature
/// alone: a body that is not JSON can be verified.
public sealed interface Verification {

  /// The request was signed with one of the secrets.
  ///
  /// @param header header whose signature matched
  /// @param secret index of the secret that matched, in the order in which the secrets were given
  record Verified(String header, int secret) implements Verification {}

  /// The request is not authentic, as far as can be seen.
  sealed interface Failure extends Verification permits Missing, Malformed, Mismatch, Stale {

    /// What is wrong and what to do, without secrets. Costs nothing.
    String message();
  }

  /// The request has no signature.
  ///
  /// @param header header in which it was expected
  record Missing(String header) implements Failure {
    @Override
    public String message() {
      return "The signature is missing. Pass all headers of the request, with " + header + ".";
    }
  }

  /// The signature does not have the form of a signature.
  ///
  /// @param message what is wrong with its form
  record Malformed(String message) implements Failure {}

  /// The signature belongs to another secret or another body.
  final class Mismatch implements Failure {

    private final Supplier<MismatchHint> hint;

    Mismatch(Supplier<MismatchHint> hint) {
      this.hint = hint;
    }

    /// What is probably wrong. Computes several signatures, so ask for it rarely: anybody can send
    /// requests with wrong signatures. The receiver logs it at most once a minute.
    public MismatchHint findHint() {
      return hint.get();
    }

    @Override
    public String message() {
      return "The signature does not match the body. Verify the raw bytes of the body with the whole"
          + " secret of this endpoint.";
    }

    @Override
    public String toString() {
      return "Mismatch[]";
    }
  }

  /// The request is too old, or from the future. It may be a replay.
  ///
  /// @param signedAt time that the signature covers
  /// @param message what is wrong and what to do
  record Stale(Instant signedAt, String message) implements Failure {}
}
