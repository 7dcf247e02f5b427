package com.poolbrain.webhooks.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// What a process and its children have used, read from the kernel.
///
/// @param cpuMicros CPU time
/// @param rssBytes memory now
record Usage(long cpuMicros, long rssBytes) {

  private static final long TICK_MICROS = 10_000;
  private static final long PAGE = 4_096;

  static Usage of(ProcessHandle process) {
    Usage sum = ofOne(process.pid());
    for (ProcessHandle child : process.descendants().toList()) {
      sum = sum.plus(ofOne(child.pid()));
    }
    return sum;
  }

  /// One process without its living children.
  static Usage ofOne(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 11; i <= 14; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return new Usage(ticks * TICK_MICROS, Long.parseLong(fields[21]) * PAGE);
    } catch (NoSuchFileException _) {
      return new Usage(0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("CPU time can only be read on Linux", e);
    }
  }

  Usage plus(Usage other) {
    return new Usage(cpuMicros + other.cpuMicros, rssBytes + other.rssBytes);
  }

  Usage since(Usage earlier) {
    return new Usage(cpuMicros - earlier.cpuMicros, rssBytes);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f s CPU, %d MiB", cpuMicros / 1e6, rssBytes >> 20);
  }
}
