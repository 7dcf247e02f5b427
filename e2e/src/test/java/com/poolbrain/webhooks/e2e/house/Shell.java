package com.poolbrain.webhooks.e2e.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Commands of the operating system.
final class Shell {

  private Shell() {}

  /// Runs one to its end; it must succeed.
  ///
  /// @param otherwise what may be missing if it does not
  static void run(List<String> command, String otherwise) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.onExit().join().exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed: " + otherwise);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
