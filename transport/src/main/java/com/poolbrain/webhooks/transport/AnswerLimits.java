package com.poolbrain.webhooks.transport;

/// How much of an answer is read and kept.
///
/// @param headBytes bytes of a status line with its headers, and of trailers
/// @param readBytes bytes of a body that are read before the connection is closed
/// @param keptBytes bytes of text kept of an answer that is not 2xx
/// @param keptOfSuccess bytes of text kept of a 2xx
public record AnswerLimits(int headBytes, int readBytes, int keptBytes, int keptOfSuccess) {

  /// Refuses limits below one byte, and to keep more than is read.
  public AnswerLimits {
    if (headBytes < 1 || readBytes < 1 || keptBytes < 1 || keptOfSuccess < 1) {
      throw new IllegalArgumentException("limits of an answer are at least one byte");
    }
    if (Math.max(keptBytes, keptOfSuccess) > readBytes) {
      throw new IllegalArgumentException("no more of an answer can be kept than is read");
    }
  }

  /// 16 KiB of head, 64 KiB read, 16 KiB kept, of a 2xx 1 KiB.
  public static AnswerLimits standard() {
    return new AnswerLimits(16 * 1024, 64 * 1024, 16 * 1024, 1024);
  }
}
