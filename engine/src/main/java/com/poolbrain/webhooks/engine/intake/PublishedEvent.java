package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.domain.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One object of a publish request.
///
/// @param occurredAt when its business event occurred; null for the moment of acceptance
/// @param operation objects of one request with the same operation are grouped; null for none
/// @param items the objects of its `data`, in order; never empty
/// @param idempotentRequest its own idempotency key; null if it has none
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
  ///   [com.poolbrain.webhooks.domain.Limits#MAX_CHUNK_BYTES]
  /// @param refs business ids (customer id, job id, job number) by which it is searched
  public record EventItem(byte[] data, List<String> refs) {}
}
