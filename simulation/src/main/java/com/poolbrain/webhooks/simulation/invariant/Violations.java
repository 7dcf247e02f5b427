package com.poolbrain.webhooks.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What is wrong with a story.
public final class Violations {

  private final List<String> messages = new ArrayList<>();

  public void add(String message) {
    messages.add(message);
  }

  void addUnless(boolean holds, Supplier<String> message) {
    if (!holds) {
      messages.add(message.get());
    }
  }

  public List<String> messages() {
    return messages;
  }
}
