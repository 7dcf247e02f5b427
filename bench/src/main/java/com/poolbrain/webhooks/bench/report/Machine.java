package com.poolbrain.webhooks.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Where and with what something was measured.
///
/// @param postgresVersion its version
/// @param commit of this repository
/// @param serviceJvmOptions the options of the service's Java
public record Machine(
    String processor,
    int cores,
    String memory,
    String system,
    String java,
    String postgresVersion,
    String commit,
    String serviceJvmOptions) {

  /// This one.
  public static Machine current(String postgresVersion, String serviceJvmOptions) {
    return new Machine(
        readProcValue(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        readProcValue(Path.of("/proc/meminfo"), "MemTotal"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        postgresVersion,
        readCommit(),
        serviceJvmOptions);
  }

  private static String readProcValue(Path file, String key) {
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
