package com.poolbrain.webhooks.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// The body of a request while it arrives and is handled. Its bytes count against a budget until
/// they are released.
final class BodyBuffer {

  private final ByteBudget budget;
  private @Nullable Buffer buffer;
  private long reservedBytes;

  BodyBuffer(ByteBudget budget) {
    this.budget = budget;
  }

  /// Appends a chunk; false if the budget does not allow it.
  boolean tryAppend(Buffer chunk) {
    if (!budget.tryAcquire(chunk.length())) {
      return false;
    }
    reservedBytes += chunk.length();
    buffer = buffer == null ? chunk : buffer.appendBuffer(chunk);
    return true;
  }

  /// The bytes of the complete body. They stay reserved.
  byte[] take() {
    byte[] bytes = buffer == null ? new byte[0] : buffer.getBytes();
    buffer = null;
    return bytes;
  }

  void release() {
    budget.release(reservedBytes);
    reservedBytes = 0;
    buffer = null;
  }
}
