package com.poolbrain.webhooks.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What processes have used, read from the kernel. Where there is no `/proc`, nothing is known, and
/// everything is 0.
///
/// @param cpuMicros CPU time
/// @param rssBytes memory now
public record ProcessUsage(long cpuMicros, long rssBytes) {

  /// Nothing.
  public static final ProcessUsage NONE = new ProcessUsage(0, 0);

  private static final long TICK_MICROS = 10_000;
  private static final long PAGE_BYTES = 4_096;

  /// Of this process.
  public static ProcessUsage ofCurrentProcess() {
    return ofProcess(ProcessHandle.current().pid());
  }

  /// Of a process and its children.
  public static ProcessUsage ofProcessTree(ProcessHandle process) {
    ProcessUsage sum = ofProcess(process.pid());
    for (ProcessHandle child : process.descendants().toList()) {
      sum = sum.plus(ofProcess(child.pid()));
    }
    return sum;
  }

  /// Of one process and of its children that have ended.
  public static ProcessUsage ofProcess(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 11; i <= 14; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return new ProcessUsage(ticks * TICK_MICROS, Long.parseLong(fields[21]) * PAGE_BYTES);
    } catch (NoSuchFileException _) {
      return NONE;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No such process")) {
        return NONE; // it ended while it was read
      }
      throw new UncheckedIOException(e);
    }
  }

  ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(cpuMicros + other.cpuMicros, rssBytes + other.rssBytes);
  }
}
