package com.poolbrain.webhooks.consumer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The signatures of one header in the form in which they are compared: 64 hexadecimal digits in
/// lower case. Spaces, upper case, a prefix `sha256=` and values joined by a proxy are accepted;
/// none of them makes a signature easier to guess.
final class SignatureCandidates {

  private static final String PREFIX = "sha256=";
  private static final int LENGTH = 64;

  /// The most values of one header.
  private static final int MAX_VALUES = 8;

  private SignatureCandidates() {}

  /// The well-formed signatures of a header.
  static List<String> parse(@Nullable String header) {
    if (header == null) {
      return List.of();
    }
    if (isHex(header)) {
      return List.of(header.toLowerCase(Locale.ROOT));
    }
    List<String> candidates = new ArrayList<>();
    for (String value : header.split(",", MAX_VALUES + 1)) {
      String stripped = value.strip();
      if (stripped.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        stripped = stripped.substring(PREFIX.length()).strip();
      }
      if (isHex(stripped)) {
        candidates.add(stripped.toLowerCase(Locale.ROOT));
      }
    }
    return candidates;
  }

  /// Compares in constant time.
  static boolean contains(List<String> candidates, String expected) {
    byte[] expectedBytes = expected.getBytes(StandardCharsets.US_ASCII);
    boolean found = false;
    for (String candidate : candidates) {
      found |= MessageDigest.isEqual(expectedBytes, candidate.getBytes(StandardCharsets.US_ASCII));
    }
    return found;
  }

  private static boolean isHex(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean isDigit = c >= '0' && c <= '9';
      boolean isLetter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!isDigit && !isLetter) {
        return false;
      }
    }
    return true;
  }
}
