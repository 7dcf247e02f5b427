package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks signatures by one secret and says why one does not match: thread-safe and worth keeping.
///
/// ```
/// Verification result = verifier.verify(request.header(Signer.HEADER), rawBody);
/// if (!result.matches()) {
///   return answer(401, result.sentence());
/// }
/// ```
public final class Verifier {

  /// How far `webhook-timestamp` may be from the receiver's clock.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int LENGTH = 64;
  private static final Pattern PREFIXED =
      Pattern.compile("v\\d+[a-z]?,.*|[\\w-]+[=:][0-9a-fA-F]{64}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern BASE64 = Pattern.compile("[0-9a-zA-Z+/]{43}=?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final Secret secret;
  private final Hmac hmac;

  /// A verifier for this secret.
  public Verifier(Secret secret) {
    this.secret = secret;
    hmac = new Hmac(secret.key());
  }

  /// Whether this value of `X-Webhook-Signature` belongs to this body, compared in constant time.
  /// Only exactly one value of 64 lower-case hex digits can match, as in the guide's own function.
  ///
  /// @param signature the header's value; null if the request has none
  /// @param body the body's raw bytes, as they came
  public Verification verify(@Nullable String signature, byte[] body) {
    if (signature == null || signature.isEmpty()) {
      return Verification.MISSING;
    }
    if (!isWellFormed(signature)) {
      return whatIsWrong(signature);
    }
    byte[] given = HexFormat.of().parseHex(signature);
    return MessageDigest.isEqual(hmac.digest(body), given)
        ? Verification.MATCHES
        : Verification.MISMATCH;
  }

  /// The same, and where nothing but the bytes differ, a search for the usual mistakes. For people
  /// at a terminal: it costs several times as much, and never matches where [#verify] doesn't.
  public Verification explain(@Nullable String signature, byte[] body) {
    Verification result = verify(signature, body);
    return result == Verification.MISMATCH && signature != null
        ? new UsualMistakes(secret, body).in(HexFormat.of().parseHex(signature))
        : result;
  }

  /// Whether Standard Webhooks headers belong to this body and are at most five minutes from `now`.
  public Verification verifyStandard(StandardHeaders headers, byte[] body, Instant now) {
    byte[] key = secret.standardKey();
    if (key.length == 0) {
      return Verification.SECRET_NOT_STANDARD;
    }
    if (headers.id() == null || headers.id().isEmpty()) {
      return Verification.ID_MISSING;
    }
    if (headers.signature() == null || headers.signature().isEmpty()) {
      return Verification.MISSING;
    }
    if (headers.timestamp() == null || !SECONDS.matcher(headers.timestamp()).matches()) {
      return Verification.TIMESTAMP_INVALID;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(headers.timestamp()));
    if (sent.isBefore(now.minus(TOLERANCE))) {
      return Verification.TOO_OLD;
    }
    if (sent.isAfter(now.plus(TOLERANCE))) {
      return Verification.TOO_NEW;
    }
    String head = headers.id() + '.' + headers.timestamp() + '.';
    byte[] digest = new Hmac(key).digest(head.getBytes(StandardCharsets.UTF_8), body);
    return anyOf(headers.signature(), Base64.getEncoder().encodeToString(digest));
  }

  private static Verification anyOf(String list, String expected) {
    Verification result = Verification.NO_KNOWN_VERSION;
    for (String value : list.split(" ", -1)) {
      if (value.startsWith("v1,")) {
        byte[] given = value.substring(3).getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given)) {
          return Verification.MATCHES;
        }
        result = Verification.MISMATCH;
      }
    }
    return result;
  }

  private static boolean isWellFormed(String signature) {
    if (signature.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = signature.charAt(i);
      if ("0123456789abcdef".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Verification whatIsWrong(String signature) {
    if (PREFIXED.matcher(signature).matches()) {
      return Verification.HAS_PREFIX;
    }
    if (signature.indexOf(',') >= 0) {
      return Verification.SEVERAL_VALUES;
    }
    if (signature.codePoints().anyMatch(Character::isWhitespace)) {
      return Verification.WHITE_SPACE;
    }
    if (HEX.matcher(signature).matches()) {
      return signature.length() == LENGTH ? Verification.UPPER_CASE : Verification.WRONG_LENGTH;
    }
    return BASE64.matcher(signature).matches() ? Verification.BASE64 : Verification.NOT_HEX;
  }
}
