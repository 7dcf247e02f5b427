package com.poolbrain.webhooks.transport.settings;

/// How much of a response is read and kept, in bytes.
///
/// @param maxHeadBytes status line with headers; trailers have the same limit
/// @param maxBodyBytes body that is read before the connection is closed
/// @param maxKeptErrorBytes kept text of a response that is not 2xx
/// @param maxKeptSuccessBytes kept text of a 2xx response
public record ResponseLimits(
    int maxHeadBytes, int maxBodyBytes, int maxKeptErrorBytes, int maxKeptSuccessBytes) {

  /// Validates the values.
  public ResponseLimits {
    if (maxHeadBytes < 1 || maxBodyBytes < 1 || maxKeptErrorBytes < 1 || maxKeptSuccessBytes < 1) {
      throw new IllegalArgumentException("the limits of a response must be at least 1 byte");
    }
    if (Math.max(maxKeptErrorBytes, maxKeptSuccessBytes) > maxBodyBytes) {
      throw new IllegalArgumentException(
          "the kept text must not be longer than the body that is read");
    }
  }

  /// 16 KiB of head, 64 KiB of body; of the body 16 KiB are kept, of a 2xx response 1 KiB.
  public static ResponseLimits defaults() {
    return new ResponseLimits(16 * 1024, 64 * 1024, 16 * 1024, 1024);
  }
}
