package com.poolbrain.webhooks.web.page;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the page of a list begins, and where the pages before it began, so that it can lead to
/// both neighbours. It is the query parameter [#PARAMETER] of the list.
///
/// @param cursors of the pages from the second one to this one; empty for the first page
public record PageTrail(List<String> cursors) {

  /// The name of the query parameter.
  public static final String PARAMETER = "page";

  /// The first page.
  public static final PageTrail FIRST = new PageTrail(List.of());

  /// More pages are forgotten: from there "Newer" leads to the first page.
  private static final int MAX_PAGES = 40;

  private static final int UUID_BYTES = 16;
  private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{43}");

  public PageTrail {
    cursors = List.copyOf(cursors);
  }

  /// The trail of its [#text()]; the first page for any other text.
  public static PageTrail parse(String text) {
    List<String> cursors = text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
    boolean isValid =
        cursors.size() <= MAX_PAGES
            && cursors.stream().allMatch(cursor -> CURSOR.matcher(cursor).matches());
    return isValid ? new PageTrail(cursors) : FIRST;
  }

  /// The value of the query parameter; empty for the first page.
  public String text() {
    return String.join(".", cursors);
  }

  public boolean isFirst() {
    return cursors.isEmpty();
  }

  /// The ids after which this page begins; null for the first page.
  public @Nullable List<UUID> position() {
    if (isFirst()) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursors.getLast()));
    List<UUID> ids = new ArrayList<>();
    while (bytes.remaining() >= UUID_BYTES) {
      ids.add(new UUID(bytes.getLong(), bytes.getLong()));
    }
    return ids;
  }

  /// The page after this one.
  ///
  /// @param position one or two ids after which it begins
  public PageTrail older(UUID... position) {
    ByteBuffer bytes = ByteBuffer.allocate(position.length * UUID_BYTES);
    for (UUID id : position) {
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    List<String> next = new ArrayList<>(cursors);
    next.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
    return new PageTrail(next.subList(Math.max(0, next.size() - MAX_PAGES), next.size()));
  }

  /// The page before this one.
  public PageTrail newer() {
    return isFirst() ? this : new PageTrail(cursors.subList(0, cursors.size() - 1));
  }
}
