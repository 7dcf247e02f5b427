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

  private final @Nullable PrintWriter terminal;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bench-progress").factory());
  private @Nullable ScheduledFuture<?> ticking;

  /// @param terminal null if nobody looks
  public Progress(@Nullable PrintWriter terminal) {
    this.terminal = terminal;
  }

  /// On the terminal of this process, if it is one.
  @SuppressWarnings("SystemConsoleNull") // where nobody looks, 25 says null again
  public static Progress on(Terminal terminal) {
    Console console = System.console();
    return new Progress(console != null && console.isTerminal() ? terminal.err() : null);
  }

  /// A run begins that should take so long.
  public synchronized void begin(String name, int seconds) {
    if (terminal != null) {
      long begin = System.nanoTime();
      ticking =
          ticker.scheduleAtFixedRate(
              () -> show(name + ": " + secondsSince(begin) + " of " + seconds + " s"),
              0,
              1,
              TimeUnit.SECONDS);
    }
  }

  /// Something is being prepared.
  public void doing(String what) {
    if (terminal != null) {
      show(what + " ...");
    }
  }

  /// The run is over: its line is gone.
  public synchronized void end() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
    if (terminal != null) {
      show("");
      terminal.print("\r");
      terminal.flush();
    }
  }

  private static long secondsSince(long begin) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
  }

  private void show(String text) {
    PrintWriter shown = terminal;
    if (shown != null) {
      shown.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
      shown.flush();
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
  }
}
