package com.poolbrain.webhooks.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Commands of the operating system.
final class Shell {

  private Shell() {}

  /// Runs one to its end; it must succeed.
  ///
  /// @param failureHint what may be missing if it does not
  static void run(List<String> command, String failureHint) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.onExit().join().exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed: " + failureHint);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
