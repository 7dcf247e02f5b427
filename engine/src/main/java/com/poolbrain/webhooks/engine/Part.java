package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One object of a publish request.
///
/// @param occurredAt when its business event occurred; null for the moment of acceptance
/// @param operation what ties objects of one request together to be grouped, if anything
/// @param items the objects of its `data`, in order; never empty
/// @param repeatable its own idempotency key, if it brought one
public record Part(
    long companyId,
    EventType type,
    @Nullable Instant occurredAt,
    @Nullable String operation,
    List<Item> items,
    Submission.@Nullable Repeatable repeatable) {

  /// One object of `data`.
  ///
  /// @param data checked, escaped ASCII JSON; at most
  ///   [com.poolbrain.webhooks.domain.Limits#CHUNK_BYTES]
  /// @param refs what it refers to, in the form in which people search for it
  public record Item(byte[] data, List<String> refs) {}
}
