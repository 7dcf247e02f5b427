package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Says how far a run is, on one line that is written over; only where somebody looks at it.
public final class Progress implements AutoCloseable {

  private static final int WIDTH = 70;

  private final @Nullable PrintWriter output;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bench-progress").factory());
  private @Nullable ScheduledFuture<?> tickTask;

  /// @param terminal null if nobody looks
  public Progress(@Nullable PrintWriter terminal) {
    this.output = terminal;
  }

  /// On the terminal of this process, if it is one.
  @SuppressWarnings("SystemConsoleNull") // where nobody looks, 25 says null again
  public static Progress forTerminal(Terminal terminal) {
    Console console = System.console();
    return new Progress(console != null && console.isTerminal() ? terminal.err() : null);
  }

  /// A run begins that should take so long.
  public synchronized void startRun(String name, int seconds) {
    if (output != null) {
      long startNanos = System.nanoTime();
      tickTask =
          scheduler.scheduleAtFixedRate(
              () -> show(name + ": " + secondsSince(startNanos) + " of " + seconds + " s"),
              0,
              1,
              TimeUnit.SECONDS);
    }
  }

  /// Something is being prepared.
  public void announce(String activity) {
    if (output != null) {
      show(activity + " ...");
    }
  }

  /// The run is over: its line is gone.
  public synchronized void finish() {
    if (tickTask != null) {
      tickTask.cancel(false);
      tickTask = null;
    }
    if (output != null) {
      show("");
      output.print("\r");
      output.flush();
    }
  }

  private static long secondsSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
  }

  private void show(String text) {
    PrintWriter out = output;
    if (out != null) {
      out.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
      out.flush();
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
