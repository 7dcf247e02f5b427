package com.poolbrain.webhooks.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine and the software of a measurement.
///
/// @param commit of this repository
/// @param serviceJvmOptions options of the service's JVM
public record Machine(
    String processor,
    int cores,
    String memory,
    String system,
    String java,
    String postgresVersion,
    String commit,
    String serviceJvmOptions) {

  /// A value that could not be found out.
  public static final String UNKNOWN = "unknown";

  /// This machine.
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
          .orElse(UNKNOWN);
    } catch (IOException _) {
      return UNKNOWN; // only Linux has these files
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
      return text.isBlank() ? UNKNOWN : text.strip();
    } catch (IOException _) {
      return UNKNOWN; // git is not installed
    }
  }
}
