package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parsed and validated publish request. All of it is stored, or nothing.
///
/// @param events the objects of the request, in order; never empty
/// @param idempotentRequest the idempotency key of the whole request; null if it has none
public record PublishRequest(
    List<PublishedEvent> events, @Nullable IdempotentRequest idempotentRequest) {

  /// An idempotency key with the content that it was sent for.
  ///
  /// @param fingerprint SHA-256 of the content, so that the same key with other content is noticed
  public record IdempotentRequest(IdempotencyKey key, byte[] fingerprint) {}

  /// All idempotency keys of the request and its objects.
  public Set<IdempotencyKey> idempotencyKeys() {
    Set<IdempotencyKey> keys = new LinkedHashSet<>(0);
    if (idempotentRequest != null) {
      keys.add(idempotentRequest.key());
    }
    for (PublishedEvent publishedEvent : events) {
      if (publishedEvent.idempotentRequest() != null) {
        keys.add(publishedEvent.idempotentRequest().key());
      }
    }
    return keys;
  }
}
