package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.util.UUID;

/// An event without its data.
///
/// @param type canonical name
/// @param configVersion of the configuration that decided where it went
public record StoredEvent(
    UUID id, long companyId, String type, Instant occurredAt, int items, long configVersion) {

  public Instant acceptedAt() {
    return UuidV7.instantOf(id);
  }
}
