package com.poolbrain.webhooks.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// CPU time and memory of processes, read from `/proc`. On systems without it everything is 0.
///
/// @param cpuMicros CPU time used so far
/// @param rssBytes resident memory now
public record ProcessUsage(long cpuMicros, long rssBytes) {

  /// No usage.
  public static final ProcessUsage NONE = new ProcessUsage(0, 0);

  private static final long TICK_MICROS = 10_000;
  private static final long PAGE_BYTES = 4_096;

  /// The usage of this process.
  public static ProcessUsage ofCurrentProcess() {
    return ofProcess(ProcessHandle.current().pid());
  }

  /// The usage of a process and its descendants.
  public static ProcessUsage ofProcessTree(ProcessHandle process) {
    ProcessUsage sum = ofProcess(process.pid());
    for (ProcessHandle child : process.descendants().toList()) {
      sum = sum.plus(ofProcess(child.pid()));
    }
    return sum;
  }

  /// The usage of one process, with the CPU time of its children that have ended.
  private static ProcessUsage ofProcess(long pid) {
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
        return NONE; // the process ended during the read
      }
      throw new UncheckedIOException(e);
    }
  }

  private ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(cpuMicros + other.cpuMicros, rssBytes + other.rssBytes);
  }
}
