package com.poolbrain.webhooks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What happened in a story, in its order. Lines become text only when somebody wants to read them.
final class Journal {

  private final Time time;
  private final List<Line> lines = new ArrayList<>();

  Journal(Time time) {
    this.time = time;
  }

  private record Line(long at, String who, Supplier<String> what) {}

  /// @param who of the world did it
  /// @param what called later, if at all: hand over what does not change
  void note(String who, Supplier<String> what) {
    lines.add(new Line(time.nanos(), who, what));
  }

  /// The story so far, line by line.
  String timeline() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append("%10.4f  %-8s %s%n".formatted(line.at() / 1e9, line.who(), line.what().get()));
    }
    return text.toString();
  }
}
