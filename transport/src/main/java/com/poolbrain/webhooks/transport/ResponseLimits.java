package com.poolbrain.webhooks.transport;

/// How much of an answer is read and kept.
///
/// @param maxHeadBytes bytes of a status line with its headers, and of trailers
/// @param maxBodyBytes bytes of a body that are read before the connection is closed
/// @param maxKeptErrorBytes bytes of text kept of an answer that is not 2xx
/// @param maxKeptSuccessBytes bytes of text kept of a 2xx
public record ResponseLimits(
    int maxHeadBytes, int maxBodyBytes, int maxKeptErrorBytes, int maxKeptSuccessBytes) {

  /// Refuses limits below one byte, and to keep more than is read.
  public ResponseLimits {
    if (maxHeadBytes < 1 || maxBodyBytes < 1 || maxKeptErrorBytes < 1 || maxKeptSuccessBytes < 1) {
      throw new IllegalArgumentException("limits of an answer are at least one byte");
    }
    if (Math.max(maxKeptErrorBytes, maxKeptSuccessBytes) > maxBodyBytes) {
      throw new IllegalArgumentException("no more of an answer can be kept than is read");
    }
  }

  /// 16 KiB of head, 64 KiB read, 16 KiB kept, of a 2xx 1 KiB.
  public static ResponseLimits standard() {
    return new ResponseLimits(16 * 1024, 64 * 1024, 16 * 1024, 1024);
  }
}
