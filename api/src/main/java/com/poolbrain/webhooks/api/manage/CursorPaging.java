package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Sha256;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.store.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The page of a list that a request asks for, by `limit` and `cursor`.
///
/// A cursor holds the position where the page before ended, and a checksum that ties it to its
/// list. The checksum is no secret: a forged cursor only leads to another page of the same list.
///
/// @param listId identifies the list and its filters
/// @param position where the page before ended; null for the first page
public record CursorPaging<T>(String listId, int limit, @Nullable T position) {

  /// Entries of a page without `limit`.
  public static final int DEFAULT_LIMIT = 50;

  /// Smallest `limit`.
  public static final int MIN_LIMIT = 1;

  /// Largest `limit`.
  public static final int MAX_LIMIT = 200;

  /// Characters of a cursor.
  public static final int MAX_CURSOR_LENGTH = 300;

  private static final int CHECKSUM_BYTES = 9;

  /// Reads `limit` and `cursor`. A cursor of another list is an error of the query.
  ///
  /// @param parser reads what was given to [#cursorAfter], and throws [IllegalArgumentException]
  ///   for other texts
  static <T> CursorPaging<T> parse(
      QueryParams queryParams, String listId, Function<String, T> parser) {
    int limit = (int) queryParams.number("limit", DEFAULT_LIMIT, MIN_LIMIT, MAX_LIMIT);
    String cursor = queryParams.text("cursor", MAX_CURSOR_LENGTH);
    T position = cursor == null ? null : decode(listId, cursor, parser);
    if (cursor != null && position == null) {
      queryParams.addError(
          "cursor",
          "This cursor belongs to another list or to other filters, or was changed; start without"
              + " a cursor.");
    }
    return new CursorPaging<>(listId, limit, position);
  }

  /// The JSON of a page, with the cursor of the next one.
  ///
  /// @param toPosition the position of an item, as `parser` reads it
  <E, V> ListView<V> toList(Page<E> page, Function<E, V> toView, Function<E, String> toPosition) {
    return new ListView<>(
        page.items().stream().map(toView).toList(),
        page.hasMore() ? cursorAfter(toPosition.apply(page.items().getLast())) : null);
  }

  /// The cursor of the page after a position.
  public String cursorAfter(String lastPosition) {
    byte[] text = lastPosition.getBytes(StandardCharsets.UTF_8);
    byte[] cursor = Arrays.copyOf(checksum(listId, text), CHECKSUM_BYTES + text.length);
    System.arraycopy(text, 0, cursor, CHECKSUM_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  private static <T> @Nullable T decode(String listId, String cursor, Function<String, T> parser) {
    try {
      String text = verifiedText(listId, Base64.getUrlDecoder().decode(cursor));
      return text == null ? null : parser.apply(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable String verifiedText(String listId, byte[] bytes) {
    if (bytes.length <= CHECKSUM_BYTES) {
      return null;
    }
    byte[] text = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
    boolean isAuthentic =
        Arrays.equals(checksum(listId, text), Arrays.copyOf(bytes, CHECKSUM_BYTES));
    return isAuthentic ? new String(text, StandardCharsets.UTF_8) : null;
  }

  private static byte[] checksum(String listId, byte[] position) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(listId.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return Arrays.copyOf(digest.digest(position), CHECKSUM_BYTES);
  }
}
