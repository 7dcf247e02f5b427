package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.InvalidJsonException;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.signature.VerificationResult;
import com.poolbrain.webhooks.signature.Verifier;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Tries the usual mistakes of consumers on a request whose signature does not match.
final class MismatchHints {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final List<Secret> secrets;
  private final List<String> signatures;
  private final byte[] body;

  MismatchHints(List<Secret> secrets, List<String> signatures, byte[] body) {
    this.secrets = secrets;
    this.signatures = signatures;
    this.body = body;
  }

  MismatchHint find() {
    if (body.length == 0) {
      return MismatchHint.BODY_EMPTY;
    }
    for (Secret secret : secrets) {
      MismatchHint proven = findProven(secret);
      if (proven != MismatchHint.OTHER_SECRET_OR_BODY) {
        return proven;
      }
    }
    return guess();
  }

  /// A mistake that explains the signature.
  private MismatchHint findProven(Secret secret) {
    var verifier = new Verifier(secret);
    for (String signature : signatures) {
      MismatchHint hint = toHint(verifier.explain(signature, body));
      if (hint != MismatchHint.OTHER_SECRET_OR_BODY) {
        return hint;
      }
    }
    var signer = new Signer(secret);
    if (reserializations().anyMatch(variant -> signatures.contains(signer.sign(variant)))) {
      return MismatchHint.RE_SERIALIZED;
    }
    if (reencodings().anyMatch(variant -> signatures.contains(signer.sign(variant)))) {
      return MismatchHint.WRONG_CHARSET;
    }
    return isSignedWithoutQuotes(secret.reveal())
        ? MismatchHint.SECRET_IN_QUOTES
        : MismatchHint.OTHER_SECRET_OR_BODY;
  }

  private static MismatchHint toHint(VerificationResult result) {
    return switch (result) {
      case LINE_ENDING -> MismatchHint.NEWLINE;
      case KEY_WITHOUT_PREFIX -> MismatchHint.SECRET_WITHOUT_PREFIX;
      case KEY_BASE64_DECODED -> MismatchHint.SECRET_DECODED;
      default -> MismatchHint.OTHER_SECRET_OR_BODY;
    };
  }

  private boolean isSignedWithoutQuotes(String secret) {
    int end = secret.length() - 1;
    boolean quoted =
        end > 1
            && (secret.charAt(0) == '"' || secret.charAt(0) == '\'')
            && secret.charAt(end) == secret.charAt(0);
    return quoted
        && signatures.contains(new Signer(Secret.parse(secret.substring(1, end))).sign(body));
  }

  /// The sender's form of the body: compact, in ASCII, and with the fields in their order.
  private Stream<byte[]> reserializations() {
    try {
      return Stream.of(AsciiJsonCopier.compact(body), Envelope.read(body).toBytes())
          .filter(variant -> !Arrays.equals(variant, body));
    } catch (InvalidJsonException notAnEnvelope) {
      return Stream.empty();
    }
  }

  private Stream<byte[]> reencodings() {
    if (startsWithByteOrderMark()) {
      return Stream.of(Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length));
    }
    return Stream.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)
        .flatMap(charset -> toAscii(charset).stream());
  }

  private List<byte[]> toAscii(Charset charset) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return List.of(text.getBytes(StandardCharsets.US_ASCII));
    } catch (CharacterCodingException notThisCharset) {
      return List.of();
    }
  }

  /// What the form of the body suggests: the sender writes compact JSON in ASCII.
  private MismatchHint guess() {
    if (startsWithByteOrderMark() || containsByteOutside(1, 0xFF)) {
      return MismatchHint.WRONG_CHARSET;
    }
    boolean isCompact = !(startsWith("{ ") || startsWith("{\n") || startsWith("{\r"));
    boolean hasSpacedKey = startsWith("{\"id\": ") || startsWith("{\"id\" ");
    return isCompact && !hasSpacedKey && !containsByteOutside(0, 0x7F)
        ? MismatchHint.OTHER_SECRET_OR_BODY
        : MismatchHint.RE_SERIALIZED;
  }

  private boolean startsWithByteOrderMark() {
    return body.length > BYTE_ORDER_MARK.length
        && Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(body, BYTE_ORDER_MARK.length));
  }

  private boolean startsWith(String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.US_ASCII);
    return body.length >= bytes.length && Arrays.equals(bytes, Arrays.copyOf(body, bytes.length));
  }

  private boolean containsByteOutside(int min, int max) {
    for (byte value : body) {
      int unsigned = value & 0xFF;
      if (unsigned < min || unsigned > max) {
        return true;
      }
    }
    return false;
  }
}
