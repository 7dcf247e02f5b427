package com.poolbrain.webhooks.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Describes every violated invariant of one simulation.
final class Violations {

  private final List<String> messages = new ArrayList<>();

  void add(String message) {
    messages.add(message);
  }

  void addUnless(boolean holds, Supplier<String> message) {
    if (!holds) {
      messages.add(message.get());
    }
  }

  List<String> messages() {
    return List.copyOf(messages);
  }
}
