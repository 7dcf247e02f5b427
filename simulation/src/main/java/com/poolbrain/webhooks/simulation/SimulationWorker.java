package com.poolbrain.webhooks.simulation;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The process behind [ParallelSimulations]: plays one story after the other, and writes for each
/// its seed and its report, which is empty if it ended well.
public final class SimulationWorker {

  private SimulationWorker() {}

  /// The arguments are the first seed, the last, and the step between two. It ends when its input
  /// does, so that it never outlives who started it.
  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().start(SimulationWorker::exitWhenInputEnds);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
      runSeeds(Long.parseLong(args[0]), Long.parseLong(args[1]), Long.parseLong(args[2]), out);
    }
  }

  private static void runSeeds(long first, long last, long step, DataOutputStream out)
      throws IOException {
    for (long seed = first; seed <= last; seed += step) {
      Simulation simulation = Simulation.run(seed);
      String text = simulation.violations().isEmpty() ? "" : simulation.report();
      byte[] report = text.getBytes(StandardCharsets.UTF_8);
      out.writeLong(seed);
      out.writeInt(report.length);
      out.write(report);
      out.flush();
    }
  }

  private static void exitWhenInputEnds() {
    try {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    } catch (IOException _) {
      // It is gone as well.
    }
    Runtime.getRuntime().halt(1);
  }
}
