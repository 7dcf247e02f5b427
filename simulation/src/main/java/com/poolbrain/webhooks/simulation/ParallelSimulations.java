package com.poolbrain.webhooks.simulation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The stories of many seeds, as many at a time as there are processors, each in a process of its
/// own: within one process they would meet at locks of the JDK, which hands those over by a thread
/// of its own, and would no longer be what they are alone.
///
/// ```
/// new Stories(1, 10_000, told -> System.out.println(told.report())).play();
/// ```
public final class ParallelSimulations {

  private final long firstSeed;
  private final long lastSeed;
  private final Consumer<Result> listener;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Process> workers = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /// A story that was played.
  ///
  /// @param report what went wrong and all that happened; empty if it ended well
  public record Result(long seed, String report) {

    /// Whether everything was as it should be.
    public boolean hasPassed() {
      return report.isEmpty();
    }
  }

  /// @param lastSeed the last seed, itself included
  /// @param listener is told of each story, on several threads at a time
  public ParallelSimulations(long firstSeed, long lastSeed, Consumer<Result> listener) {
    this.firstSeed = firstSeed;
    this.lastSeed = lastSeed;
    this.listener = listener;
  }

  /// Plays them, and returns when all are played or it was stopped.
  public void run() throws IOException, InterruptedException {
    int workerCount = Runtime.getRuntime().availableProcessors();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < workerCount; i++) {
      Process worker = startWorker(firstSeed + i, workerCount);
      workers.add(worker);
      readers.add(Thread.ofPlatform().start(() -> readResults(worker)));
    }
    for (Thread thread : readers) {
      thread.join();
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("Stories could not be told", cause);
    }
  }

  private Process startWorker(long firstOfWorker, int step) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED",
            "-Djdk.trackAllThreads=false",
            "-Dslf4j.provider=" + ErrorLog.class.getName(),
            "-Dslf4j.internal.verbosity=WARN",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            SimulationWorker.class.getName(),
            Long.toString(firstOfWorker),
            Long.toString(lastSeed),
            Integer.toString(step));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void readResults(Process worker) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(worker.getInputStream()))) {
      while (true) {
        long seed = in.readLong();
        byte[] report = in.readNBytes(in.readInt());
        listener.accept(new Result(seed, new String(report, StandardCharsets.UTF_8)));
      }
    } catch (EOFException _) {
      awaitExit(worker);
    } catch (IOException | RuntimeException exception) {
      if (stopped) {
        return;
      }
      failure.compareAndSet(null, exception);
      stop();
    }
  }

  private void awaitExit(Process worker) {
    int exitCode = worker.onExit().join().exitValue();
    if (exitCode != 0 && !stopped) {
      failure.compareAndSet(null, new IOException("A teller ended with " + exitCode));
    }
  }

  /// Ends them all, wherever they are.
  public void stop() {
    stopped = true;
    workers.forEach(Process::destroyForcibly);
  }
}
