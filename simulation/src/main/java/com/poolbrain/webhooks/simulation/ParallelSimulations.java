package com.poolbrain.webhooks.simulation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the simulations of many seeds, in as many processes as there are processors. In one process
/// they would meet at monitors of the JDK, which hands those over on a thread of its own. Then a
/// seed would not give the same simulation every time.
///
/// ```
/// new ParallelSimulations(1, 10_000, result -> System.out.println(result.report())).run();
/// ```
public final class ParallelSimulations {

  private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx512m");

  private final long firstSeed;
  private final long lastSeed;
  private final Consumer<Result> listener;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Process> workers = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /// The result of one simulation.
  ///
  /// @param traceHash see [Simulation#traceHash]
  /// @param report of the violated invariants; empty if all hold
  public record Result(long seed, long traceHash, String report) {

    static Result of(Simulation simulation) {
      return new Result(
          simulation.seed(),
          simulation.traceHash(),
          simulation.violations().isEmpty() ? "" : simulation.report());
    }

    /// Whether all invariants hold.
    public boolean hasPassed() {
      return report.isEmpty();
    }

    void writeTo(DataOutputStream out) throws IOException {
      byte[] text = report.getBytes(StandardCharsets.UTF_8);
      out.writeLong(seed);
      out.writeLong(traceHash);
      out.writeInt(text.length);
      out.write(text);
    }

    /// Reads the next result of a worker.
    ///
    /// @throws EOFException if there is none
    static Result readFrom(DataInputStream in) throws IOException {
      long seed = in.readLong();
      long traceHash = in.readLong();
      return new Result(
          seed, traceHash, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
  }

  /// @param lastSeed inclusive
  /// @param listener is called for every result, on several threads concurrently
  public ParallelSimulations(long firstSeed, long lastSeed, Consumer<Result> listener) {
    this.firstSeed = firstSeed;
    this.lastSeed = lastSeed;
    this.listener = listener;
  }

  /// Runs all simulations. Returns after the last one, or after [#stop].
  public void run() throws IOException, InterruptedException {
    int workerCount = Runtime.getRuntime().availableProcessors();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < workerCount; i++) {
      Process worker = SimulationWorker.start(JVM_OPTIONS, firstSeed + i, lastSeed, workerCount);
      workers.add(worker);
      readers.add(Thread.ofPlatform().start(() -> readResults(worker)));
    }
    for (Thread thread : readers) {
      thread.join();
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("A simulation worker failed: " + cause.getMessage(), cause);
    }
  }

  private void readResults(Process worker) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(worker.getInputStream()))) {
      while (true) {
        listener.accept(Result.readFrom(in));
      }
    } catch (EOFException _) {
      int exitCode = worker.onExit().join().exitValue();
      if (exitCode != 0 && !stopped) {
        failure.compareAndSet(
            null, new IOException("it exited with code " + exitCode + ", see its error output"));
      }
    } catch (IOException | RuntimeException exception) {
      if (!stopped) {
        failure.compareAndSet(null, exception);
        stop();
      }
    }
  }

  /// Stops all workers at once.
  public void stop() {
    stopped = true;
    workers.forEach(Process::destroyForcibly);
  }
}
