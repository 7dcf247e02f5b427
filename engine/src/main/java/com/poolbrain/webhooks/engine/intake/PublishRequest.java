package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a publisher hands over in one request, read and checked: all of it is stored, or nothing.
///
/// @param events the objects of the request, in order; never empty
/// @param idempotentRequest the key of the whole request, if it brought one
public record PublishRequest(
    List<PublishedEvent> events, @Nullable IdempotentRequest idempotentRequest) {

  /// A key that a publisher brought, with what it was brought for.
  ///
  /// @param fingerprint SHA-256 of the content, so that the same key with other content is noticed
  public record IdempotentRequest(IdempotencyKey key, byte[] fingerprint) {}

  /// All keys that it brought.
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
