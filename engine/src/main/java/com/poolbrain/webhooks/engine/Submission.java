package com.poolbrain.webhooks.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a publisher hands over in one request, read and checked: all of it is stored, or nothing.
///
/// @param parts the objects of the request, in order; never empty
/// @param repeatable the key of the whole request, if it brought one
public record Submission(List<Part> parts, @Nullable Repeatable repeatable) {

  /// A key that a publisher brought, with what it was brought for.
  ///
  /// @param fingerprint SHA-256 of the content, so that the same key with other content is noticed
  public record Repeatable(IdempotencyKey key, byte[] fingerprint) {}

  /// All keys that it brought.
  public Set<IdempotencyKey> keys() {
    Set<IdempotencyKey> keys = new LinkedHashSet<>(0);
    if (repeatable != null) {
      keys.add(repeatable.key());
    }
    for (Part part : parts) {
      if (part.repeatable() != null) {
        keys.add(part.repeatable().key());
      }
    }
    return keys;
  }
}
