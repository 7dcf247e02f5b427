package com.poolbrain.webhooks.simulation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that somebody asked of one delivery or endpoint at a node, and what was answered.
final class Handling {

  private final Scene.Action what;
  private final Crew node;
  private final UUID subject;
  private @Nullable Object answer;

  /// @param subject the delivery, of a test the endpoint
  Handling(Scene.Action what, Crew node, UUID subject) {
    this.what = what;
    this.node = node;
    this.subject = subject;
  }

  Scene.Action what() {
    return what;
  }

  Crew node() {
    return node;
  }

  UUID subject() {
    return subject;
  }

  /// A `Trial`, a `Cancelling` or an exception; null if nothing was answered.
  @Nullable Object answer() {
    return answer;
  }

  void answer(Object given) {
    answer = given;
  }
}
