package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.simulation.scheduler.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The timeline of one simulation. Entries are formatted only when the timeline is read.
public final class Trace {

  private final TimeSource timeSource;
  private final List<Entry> entries = new ArrayList<>();

  Trace(TimeSource timeSource) {
    this.timeSource = timeSource;
  }

  private record Entry(long atNanos, String source, Supplier<String> message) {}

  /// Appends an entry.
  ///
  /// @param source the node or other part of the simulation that acted
  /// @param message called later or never, so it must not read what may change
  public void add(String source, Supplier<String> message) {
    entries.add(new Entry(timeSource.nanoTime(), source, message));
  }

  /// All entries so far, one line each.
  public String timeline() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(
          "%10.4f  %-8s %s%n"
              .formatted(entry.atNanos() / 1e9, entry.source(), entry.message().get()));
    }
    return text.toString();
  }
}
