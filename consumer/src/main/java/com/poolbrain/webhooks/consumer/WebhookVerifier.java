package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.signature.StandardWebhooksHeaders;
import com.poolbrain.webhooks.signature.VerificationResult;
import com.poolbrain.webhooks.signature.Verifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Verifies that requests were signed with one of the secrets of an endpoint. Thread-safe; keep one
/// instance.
///
/// ```java
/// var verifier = WebhookVerifier.of(System.getenv("POOLBRAIN_WEBHOOK_SECRET"));
/// if (verifier.verify(rawBody, request::getHeader) instanceof Verification.Failure failure) {
///   return respond(401, failure.message());
/// }
/// ```
///
/// A signature may be in `X-Webhook-Signature`, in `-Next` or `-Previous` while a secret is rolled,
/// or in the headers of Standard Webhooks 1.0, if the endpoint sends them.
public final class WebhookVerifier {

  /// The most secrets of a verifier. Each costs one HMAC per request that matches none.
  public static final int MAX_SECRETS = 8;

  private static final List<String> HEADERS =
      List.of(
          Signer.SIGNATURE_HEADER, Signer.NEXT_SIGNATURE_HEADER, Signer.PREVIOUS_SIGNATURE_HEADER);
  private static final String STANDARD_HEADER = "webhook-signature";

  private final List<Secret> secrets;
  private final List<Signer> signers;
  private final List<Verifier> verifiers;
  private final boolean requiresTimestamp;
  private final InstantSource clock;

  private WebhookVerifier(List<Secret> secrets, boolean requiresTimestamp, InstantSource clock) {
    this.secrets = secrets;
    this.requiresTimestamp = requiresTimestamp;
    this.clock = clock;
    signers = secrets.stream().map(Signer::new).toList();
    verifiers = secrets.stream().map(Verifier::new).toList();
  }

  /// A verifier for the secrets of one endpoint: one, or several while a secret is rolled.
  ///
  /// @param secrets the whole secrets, as the settings show them, with `whsec_`
  /// @throws IllegalArgumentException if there is no secret, one is null or blank, contains white
  ///   space, or is too long; the message does not contain it
  public static WebhookVerifier of(@Nullable String... secrets) {
    if (secrets.length == 0 || secrets.length > MAX_SECRETS) {
      throw new IllegalArgumentException(
          "A verifier needs 1 to " + MAX_SECRETS + " secrets, not " + secrets.length + ".");
    }
    List<Secret> parsed = new ArrayList<>();
    for (String secret : secrets) {
      if (secret == null) {
        throw new IllegalArgumentException(
            "The webhook secret is null. Check that the setting it is read from exists, such as an"
                + " environment variable.");
      }
      parsed.add(Secret.parse(secret));
    }
    return new WebhookVerifier(List.copyOf(parsed), false, InstantSource.system());
  }

  /// This verifier with another clock, which the time of Standard Webhooks is compared with.
  public WebhookVerifier withClock(InstantSource newClock) {
    return new WebhookVerifier(secrets, requiresTimestamp, newClock);
  }

  /// This verifier, but accepting nothing without the headers of Standard Webhooks. Their signature
  /// covers the time of the attempt, so a recorded request is refused after five minutes. Switch
  /// them on for the endpoint first.
  ///
  /// @throws IllegalArgumentException if a secret does not have the form that they need
  public WebhookVerifier requiringTimestamp() {
    if (!signers.stream().allMatch(Signer::supportsStandardWebhooks)) {
      throw new IllegalArgumentException(VerificationResult.UNSUPPORTED_SECRET.message());
    }
    return new WebhookVerifier(secrets, true, clock);
  }

  /// Verifies a request. Compares in constant time. An unknown sender costs one HMAC per secret.
  ///
  /// @param rawBody the bytes of the body as they were received
  public Verification verify(byte[] rawBody, RequestHeaders headers) {
    Verification.Failure failure = new Verification.Missing(Signer.SIGNATURE_HEADER);
    if (!requiresTimestamp) {
      Verification result = verifyPlain(rawBody, headers);
      if (!(result instanceof Verification.Failure plainFailure)) {
        return result;
      }
      failure = plainFailure;
    }
    boolean isStandard = headers.get(STANDARD_HEADER) != null;
    if (!isStandard) {
      return requiresTimestamp ? new Verification.Missing(STANDARD_HEADER) : failure;
    }
    Verification standard = verifyStandard(rawBody, headers);
    return standard instanceof Verification.Failure && !(failure instanceof Verification.Missing)
        ? failure
        : standard;
  }

  private Verification verifyPlain(byte[] body, RequestHeaders headers) {
    @Nullable String[] expected = new @Nullable String[signers.size()];
    List<String> all = new ArrayList<>();
    String malformed = null;
    for (String header : HEADERS) {
      String value = headers.get(header);
      if (value == null || value.isBlank()) {
        continue;
      }
      List<String> candidates = SignatureCandidates.parse(value);
      if (candidates.isEmpty()) {
        malformed = value;
      }
      for (int i = 0; i < expected.length && !candidates.isEmpty(); i++) {
        String signature = expected[i];
        if (signature == null) {
          signature = signers.get(i).sign(body);
          expected[i] = signature;
        }
        if (SignatureCandidates.contains(candidates, signature)) {
          return new Verification.Verified(header, i);
        }
      }
      all.addAll(candidates);
    }
    if (!all.isEmpty()) {
      return new Verification.Mismatch(() -> new MismatchHints(secrets, all, body).find());
    }
    return malformed == null
        ? new Verification.Missing(Signer.SIGNATURE_HEADER)
        : new Verification.Malformed(verifiers.get(0).verify(malformed, body).message());
  }

  private Verification verifyStandard(byte[] body, RequestHeaders headers) {
    Instant now = clock.instant();
    var received =
        new StandardWebhooksHeaders(
            headers.get("webhook-id"),
            headers.get("webhook-timestamp"),
            headers.get(STANDARD_HEADER));
    VerificationResult result = VerificationResult.UNSUPPORTED_SECRET;
    for (int i = 0; i < verifiers.size(); i++) {
      VerificationResult next = verifiers.get(i).verifyStandardWebhooks(received, body, now);
      if (next.matches()) {
        return new Verification.Verified(STANDARD_HEADER, i);
      }
      result = next == VerificationResult.UNSUPPORTED_SECRET ? result : next;
    }
    return toFailure(result, received);
  }

  private static Verification toFailure(
      VerificationResult result, StandardWebhooksHeaders headers) {
    return switch (result) {
      case SIGNATURE_MISSING -> new Verification.Missing(STANDARD_HEADER);
      case TIMESTAMP_TOO_OLD, TIMESTAMP_TOO_NEW ->
          new Verification.Stale(
              Instant.ofEpochSecond(Long.parseLong(String.valueOf(headers.timestamp()))),
              result.message());
      case MISMATCH -> new Verification.Mismatch(() -> MismatchHint.OTHER_SECRET_OR_BODY);
      default -> new Verification.Malformed(result.message());
    };
  }

  /// A text without secrets.
  @Override
  public String toString() {
    return "WebhookVerifier[" + secrets.size() + " secrets]";
  }
}
