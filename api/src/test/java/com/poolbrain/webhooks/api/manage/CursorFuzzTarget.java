package com.poolbrain.webhooks.api.manage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.http.input.QueryParams;
import java.util.Base64;
import java.util.UUID;

/// Fuzz target: a cursor that was not issued is an error of the query, and an issued one is read
/// back for its own list only.
public final class CursorFuzzTarget {

  private static final String LIST = "deliveries of company 40";

  private CursorFuzzTarget() {}

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) {
    requireRefusal("cursor=" + new String(input, UTF_8));
    requireRefusal("cursor=" + Base64.getUrlEncoder().withoutPadding().encodeToString(input));
    requireRoundTrip(new String(input, UTF_8));
  }

  private static void requireRefusal(String query) {
    CursorPaging<UUID> paging =
        CursorPaging.parse(QueryParams.parse(query), LIST, UUID::fromString);
    if (paging.position() != null) {
      throw new IllegalStateException("a cursor that was not issued was accepted");
    }
  }

  private static void requireRoundTrip(String position) {
    String cursor = new CursorPaging<>(LIST, 1, null).cursorAfter(position);
    if (cursor.length() > CursorPaging.MAX_CURSOR_LENGTH || position.isEmpty()) {
      return;
    }
    QueryParams query = QueryParams.parse("cursor=" + cursor);
    if (!position.equals(CursorPaging.parse(query, LIST, text -> text).position())) {
      throw new IllegalStateException("an issued cursor was not accepted");
    }
    if (CursorPaging.parse(query, LIST + "0", text -> text).position() != null) {
      throw new IllegalStateException("a cursor of another list was accepted");
    }
  }
}
