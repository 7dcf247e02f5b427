package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.simulation.scheduler.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What happened in a story, in its order. Lines become text only when somebody wants to read them.
public final class Trace {

  private final TimeSource timeSource;
  private final List<Entry> entries = new ArrayList<>();

  Trace(TimeSource timeSource) {
    this.timeSource = timeSource;
  }

  private record Entry(long atNanos, String source, Supplier<String> message) {}

  /// Appends an entry.
  ///
  /// @param source of the world did it
  /// @param message called later, if at all: hand over what does not change
  public void add(String source, Supplier<String> message) {
    entries.add(new Entry(timeSource.nanoTime(), source, message));
  }

  /// The story so far, line by line.
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
