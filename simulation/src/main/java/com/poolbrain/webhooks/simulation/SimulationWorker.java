package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.simulation.ParallelSimulations.Result;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process that runs simulations one by one and writes each [Result] to its output. It ends with
/// its input, and so with its parent process.
public final class SimulationWorker {

  private SimulationWorker() {}

  /// Starts a worker in a JVM with further options.
  ///
  /// @param step distance between its seeds
  static Process start(List<String> jvmOptions, long firstSeed, long lastSeed, int step)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED",
            "-Djdk.trackAllThreads=false",
            "-Dslf4j.provider=" + ErrorLog.class.getName(),
            "-Dslf4j.internal.verbosity=WARN"));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SimulationWorker.class.getName(),
            Long.toString(firstSeed),
            Long.toString(lastSeed),
            Integer.toString(step)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Runs every seed of its range.
  ///
  /// @param args first seed, last seed, and the step between two
  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().start(SimulationWorker::exitWhenInputEnds);
    long lastSeed = Long.parseLong(args[1]);
    long step = Long.parseLong(args[2]);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
      for (long seed = Long.parseLong(args[0]); seed <= lastSeed; seed += step) {
        Result.of(Simulation.run(seed)).writeTo(out);
        out.flush();
      }
    }
  }

  private static void exitWhenInputEnds() {
    try {
      while (System.in.read() >= 0) {
        // The parent process writes nothing.
      }
    } catch (IOException _) {
      // An input that fails has ended, too.
    }
    Runtime.getRuntime().halt(1);
  }
}
