package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One object of a publish request.
///
/// @param occurredAt when its business event occurred; null for the moment of acceptance
/// @param operation what ties objects of one request together to be grouped, if anything
/// @param items the objects of its `data`, in order; never empty
/// @param idempotentRequest its own idempotency key, if it brought one
public record PublishedEvent(
    long companyId,
    EventType type,
    @Nullable Instant occurredAt,
    @Nullable String operation,
    List<EventItem> items,
    PublishRequest.@Nullable IdempotentRequest idempotentRequest) {

  /// One object of `data`.
  ///
  /// @param data checked, escaped ASCII JSON; at most
  ///   [com.poolbrain.webhooks.domain.Limits#CHUNK_BYTES]
  /// @param refs what it refers to, in the form in which people search for it
  public record EventItem(byte[] data, List<String> refs) {}
}
