package com.poolbrain.webhooks.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Where and with what something was measured.
///
/// @param postgres its version
/// @param commit of this repository
/// @param service the options of the service's Java
public record Machine(
    String processor,
    int cores,
    String memory,
    String system,
    String java,
    String postgres,
    String commit,
    String service) {

  /// This one.
  public static Machine here(String postgres, String service) {
    return new Machine(
        firstMatch(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        firstMatch(Path.of("/proc/meminfo"), "MemTotal"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        postgres,
        readCommit(),
        service);
  }

  private static String firstMatch(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown"; // only Linux tells it so
    }
  }

  private static String readCommit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
              .directory(Path.of(System.getProperty("webhooks.home", ".")).toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return text.isBlank() ? "unknown" : text.strip().toLowerCase(Locale.ROOT);
    } catch (IOException _) {
      return "unknown"; // there is no git
    }
  }
}
