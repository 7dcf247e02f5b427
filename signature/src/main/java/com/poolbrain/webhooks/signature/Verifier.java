package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Verifies signatures by one secret, and explains why one does not match. Thread-safe. Keep an
/// instance per secret.
///
/// ```
/// VerificationResult result = verifier.verify(request.header(Signer.SIGNATURE_HEADER), rawBody);
/// if (!result.matches()) {
///   return respond(401, result.message());
/// }
/// ```
public final class Verifier {

  /// The most that `webhook-timestamp` may differ from the receiver's clock.
  public static final Duration TIMESTAMP_TOLERANCE = Duration.ofMinutes(5);

  private static final int SIGNATURE_LENGTH = 64;
  private static final Pattern PREFIXED =
      Pattern.compile("v\\d+[a-z]?,.*|[\\w-]+[=:][0-9a-fA-F]{64}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern BASE64 = Pattern.compile("[0-9a-zA-Z+/]{43}=?");
  private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,12}");

  private final Secret secret;
  private final Hmac hmac;
  private final @Nullable Hmac standardWebhooksHmac;

  /// A verifier for this secret.
  public Verifier(Secret secret) {
    this.secret = secret;
    hmac = new Hmac(secret.key());
    byte[] key = secret.standardWebhooksKey();
    standardWebhooksHmac = key.length == 0 ? null : new Hmac(key);
  }

  /// Verifies `X-Webhook-Signature`. Compares in constant time. Only a single value of 64
  /// hexadecimal digits in lower case can match, as in the function of the consumer guide.
  ///
  /// @param signature value of the header; null if it is missing
  /// @param body raw bytes of the body as they were received
  public VerificationResult verify(@Nullable String signature, byte[] body) {
    if (signature == null || signature.isEmpty()) {
      return VerificationResult.SIGNATURE_MISSING;
    }
    if (!isWellFormed(signature)) {
      return diagnoseFormat(signature);
    }
    byte[] received = HexFormat.of().parseHex(signature);
    return MessageDigest.isEqual(hmac.digest(body), received)
        ? VerificationResult.MATCHES
        : VerificationResult.MISMATCH;
  }

  /// Verifies like [#verify], and looks for common mistakes if the signature does not match. Takes
  /// several times as long; meant for tools.
  ///
  /// @param signature value of the header; null if it is missing
  /// @param body raw bytes of the body as they were received
  public VerificationResult explain(@Nullable String signature, byte[] body) {
    VerificationResult result = verify(signature, body);
    return result == VerificationResult.MISMATCH && signature != null
        ? new MismatchDiagnosis(secret, body).diagnose(HexFormat.of().parseHex(signature))
        : result;
  }

  /// Verifies the headers of Standard Webhooks 1.0. The timestamp may differ from `now` by five
  /// minutes. Several signatures are allowed, of which one has to match.
  ///
  /// @param body raw bytes of the body as they were received
  public VerificationResult verifyStandardWebhooks(
      StandardWebhooksHeaders headers, byte[] body, Instant now) {
    if (standardWebhooksHmac == null) {
      return VerificationResult.UNSUPPORTED_SECRET;
    }
    if (headers.id() == null || headers.id().isEmpty()) {
      return VerificationResult.ID_MISSING;
    }
    if (headers.signature() == null || headers.signature().isEmpty()) {
      return VerificationResult.SIGNATURE_MISSING;
    }
    if (headers.timestamp() == null || !UNIX_SECONDS.matcher(headers.timestamp()).matches()) {
      return VerificationResult.TIMESTAMP_INVALID;
    }
    Instant sentAt = Instant.ofEpochSecond(Long.parseLong(headers.timestamp()));
    if (sentAt.isBefore(now.minus(TIMESTAMP_TOLERANCE))) {
      return VerificationResult.TIMESTAMP_TOO_OLD;
    }
    if (sentAt.isAfter(now.plus(TIMESTAMP_TOLERANCE))) {
      return VerificationResult.TIMESTAMP_TOO_NEW;
    }
    String prefix = headers.id() + '.' + headers.timestamp() + '.';
    byte[] digest = standardWebhooksHmac.digest(prefix.getBytes(StandardCharsets.UTF_8), body);
    return matchAny(headers.signature(), Base64.getEncoder().encodeToString(digest));
  }

  private static VerificationResult matchAny(String list, String expected) {
    VerificationResult result = VerificationResult.UNSUPPORTED_VERSION;
    for (String value : list.split(" ", -1)) {
      if (value.startsWith("v1,")) {
        byte[] received = value.substring(3).getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), received)) {
          return VerificationResult.MATCHES;
        }
        result = VerificationResult.MISMATCH;
      }
    }
    return result;
  }

  private static boolean isWellFormed(String signature) {
    if (signature.length() != SIGNATURE_LENGTH) {
      return false;
    }
    for (int i = 0; i < SIGNATURE_LENGTH; i++) {
      char c = signature.charAt(i);
      if ("0123456789abcdef".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static VerificationResult diagnoseFormat(String signature) {
    if (PREFIXED.matcher(signature).matches()) {
      return VerificationResult.HAS_PREFIX;
    }
    if (signature.indexOf(',') >= 0) {
      return VerificationResult.MULTIPLE_VALUES;
    }
    if (signature.codePoints().anyMatch(Character::isWhitespace)) {
      return VerificationResult.HAS_WHITE_SPACE;
    }
    if (HEX.matcher(signature).matches()) {
      return signature.length() == SIGNATURE_LENGTH
          ? VerificationResult.UPPER_CASE
          : VerificationResult.WRONG_LENGTH;
    }
    return BASE64.matcher(signature).matches()
        ? VerificationResult.BASE64
        : VerificationResult.NOT_HEX;
  }
}
