package com.poolbrain.webhooks.engine;

import java.util.List;
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
}
