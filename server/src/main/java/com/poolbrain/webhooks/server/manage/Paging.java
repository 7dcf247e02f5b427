package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.server.http.Query;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which part of a list a caller asks for.
///
/// A cursor is a position, tied to its list by a check sum. It need not be secret: whoever makes
/// one up sees nothing but another part of the same list.
///
/// @param list what tells this list, with its filters, from all others
/// @param position where the part before ended; null for the beginning
record Paging<T>(String list, int limit, @Nullable T position) {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int LONGEST = 300;
  private static final int CHECK_BYTES = 9;

  /// Takes `limit` and `cursor`; a cursor of another list, or one that is no position, is a fault.
  ///
  /// @param reader of what was given to [#cursor]; throws [IllegalArgumentException] for other
  ///   texts
  static <T> Paging<T> of(Query query, String list, Function<String, T> reader) {
    int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    String cursor = query.text("cursor", LONGEST);
    T position = cursor == null ? null : open(list, cursor, reader);
    if (cursor != null && position == null) {
      query.fault(
          "cursor",
          "This cursor belongs to another list or to other filters, or was changed; begin again"
              + " without it.");
    }
    return new Paging<>(list, limit, position);
  }

  /// The cursor for what follows a position.
  String cursor(String after) {
    byte[] text = after.getBytes(StandardCharsets.UTF_8);
    byte[] cursor = Arrays.copyOf(check(list, text), CHECK_BYTES + text.length);
    System.arraycopy(text, 0, cursor, CHECK_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  private static <T> @Nullable T open(String list, String cursor, Function<String, T> reader) {
    try {
      String text = text(list, Base64.getUrlDecoder().decode(cursor));
      return text == null ? null : reader.apply(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable String text(String list, byte[] bytes) {
    if (bytes.length <= CHECK_BYTES) {
      return null;
    }
    byte[] text = Arrays.copyOfRange(bytes, CHECK_BYTES, bytes.length);
    boolean ours = Arrays.equals(check(list, text), Arrays.copyOf(bytes, CHECK_BYTES));
    return ours ? new String(text, StandardCharsets.UTF_8) : null;
  }

  private static byte[] check(String list, byte[] position) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(list.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return Arrays.copyOf(digest.digest(position), CHECK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
