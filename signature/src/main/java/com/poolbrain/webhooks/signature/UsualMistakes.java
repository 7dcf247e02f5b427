package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Stream;

/// The mistakes that explain most signatures that don't match, tried one after the other.
final class UsualMistakes {

  private final Secret secret;
  private final byte[] body;

  UsualMistakes(Secret secret, byte[] body) {
    this.secret = secret;
    this.body = body;
  }

  Verification in(byte[] given) {
    Hmac hmac = new Hmac(secret.key());
    if (lineEnds().anyMatch(other -> MessageDigest.isEqual(hmac.digest(other), given))) {
      return Verification.LINE_END;
    }
    byte[] decoded = secret.standardKey();
    if (decoded.length > 0 && MessageDigest.isEqual(new Hmac(decoded).digest(body), given)) {
      return Verification.KEY_DECODED;
    }
    String text = secret.reveal();
    if (text.startsWith(Secret.PREFIX) && text.length() > Secret.PREFIX.length()) {
      byte[] bare = text.substring(Secret.PREFIX.length()).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(new Hmac(bare).digest(body), given)) {
        return Verification.KEY_WITHOUT_PREFIX;
      }
    }
    return Verification.MISMATCH;
  }

  private Stream<byte[]> lineEnds() {
    int end = body.length;
    while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
      end--;
    }
    byte[] bare = Arrays.copyOf(body, end);
    byte[] unix = Arrays.copyOf(body, end + 1);
    unix[end] = '\n';
    byte[] windows = Arrays.copyOf(body, end + 2);
    windows[end] = '\r';
    windows[end + 1] = '\n';
    return Stream.of(bare, unix, windows);
  }
}
