package com.poolbrain.webhooks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What is wrong with a story.
final class Problems {

  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    found.add(problem);
  }

  void unless(boolean right, Supplier<String> problem) {
    if (!right) {
      found.add(problem.get());
    }
  }

  List<String> found() {
    return found;
  }
}
