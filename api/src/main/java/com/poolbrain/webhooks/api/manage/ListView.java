package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param nextCursor of the next page; null, and written as `null`, on the last page
/// @param searchedBackTo set if the search stopped before the page was full: older entries may
///   match too
record ListView<T>(
    List<T> data,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
    @Nullable Instant searchedBackTo) {

  /// A page that is full, or the last one.
  ListView(List<T> data, @Nullable String nextCursor) {
    this(data, nextCursor, null);
  }
}
