package com.poolbrain.webhooks.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The last words of a log.
final class LogTail {

  private static final int MAX_LINES = 5;

  private LogTail() {}

  static String read(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(" ", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
  }
}
