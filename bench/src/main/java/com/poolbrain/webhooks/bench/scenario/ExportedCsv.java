package com.poolbrain.webhooks.bench.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What an export contained.
///
/// @param rows without the header and the last line
record ExportedCsv(long rows, long bytes) {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAX_LAST_LINE = 1_024;

  /// Reads an export to its end, without keeping it.
  ///
  /// @throws IllegalStateException if it does not say that it is complete
  static ExportedCsv read(InputStream csv) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    StringBuilder lastLine = new StringBuilder();
    long lines = 0;
    long bytes = 0;
    for (int length = csv.read(buffer); length >= 0; length = csv.read(buffer)) {
      bytes += length;
      for (int i = 0; i < length; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
      lastLine.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      lastLine.delete(0, Math.max(0, lastLine.length() - MAX_LAST_LINE));
    }
    return checked(lines, bytes, lastLine.toString().stripTrailing());
  }

  private static ExportedCsv checked(long lines, long bytes, String end) {
    long rows = Math.max(0, lines - 2);
    String last = end.substring(end.lastIndexOf('\n') + 1);
    if (!last.startsWith("# complete: %d rows".formatted(rows))) {
      throw new IllegalStateException(
          "The export has %,d rows, and its last line is: %s".formatted(rows, last));
    }
    return new ExportedCsv(rows, bytes);
  }
}
