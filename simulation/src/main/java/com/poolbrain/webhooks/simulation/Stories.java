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
public final class Stories {

  private final long first;
  private final long last;
  private final Consumer<Told> listener;
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final List<Process> tellers = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /// A story that was played.
  ///
  /// @param report what went wrong and all that happened; empty if it ended well
  public record Told(long seed, String report) {

    /// Whether everything was as it should be.
    public boolean well() {
      return report.isEmpty();
    }
  }

  /// @param last the last seed, itself included
  /// @param listener is told of each story, on several threads at a time
  public Stories(long first, long last, Consumer<Told> listener) {
    this.first = first;
    this.last = last;
    this.listener = listener;
  }

  /// Plays them, and returns when all are played or it was stopped.
  public void play() throws IOException, InterruptedException {
    int tellersAtATime = Runtime.getRuntime().availableProcessors();
    List<Thread> listening = new ArrayList<>();
    for (int i = 0; i < tellersAtATime; i++) {
      Process teller = start(first + i, tellersAtATime);
      tellers.add(teller);
      listening.add(Thread.ofPlatform().start(() -> listenTo(teller)));
    }
    for (Thread thread : listening) {
      thread.join();
    }
    Throwable why = broken.get();
    if (why != null) {
      throw new IllegalStateException("Stories could not be told", why);
    }
  }

  private Process start(long from, int step) throws IOException {
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
            StoryTeller.class.getName(),
            Long.toString(from),
            Long.toString(last),
            Integer.toString(step));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void listenTo(Process teller) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(teller.getInputStream()))) {
      while (true) {
        long seed = in.readLong();
        byte[] report = in.readNBytes(in.readInt());
        listener.accept(new Told(seed, new String(report, StandardCharsets.UTF_8)));
      }
    } catch (EOFException _) {
      end(teller);
    } catch (IOException | RuntimeException bug) {
      if (stopped) {
        return;
      }
      broken.compareAndSet(null, bug);
      stop();
    }
  }

  private void end(Process teller) {
    int code = teller.onExit().join().exitValue();
    if (code != 0 && !stopped) {
      broken.compareAndSet(null, new IOException("A teller ended with " + code));
    }
  }

  /// Ends them all, wherever they are.
  public void stop() {
    stopped = true;
    tellers.forEach(Process::destroyForcibly);
  }
}
