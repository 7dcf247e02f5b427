package com.poolbrain.webhooks.cli.demo;

/// What the story promises, held against what happened. What does not hold is said at once.
final class Checks {

  private final Narrator narrator;
  private int held;
  private int broken;

  Checks(Narrator narrator) {
    this.narrator = narrator;
  }

  void that(boolean holds, String promise) {
    if (holds) {
      held++;
    } else {
      broken++;
      narrator.bad("NOT SO, expected " + promise);
    }
  }

  void equal(Object actual, Object expected, String what) {
    that(actual.equals(expected), what + ": " + expected + ", but it was " + actual);
  }

  int held() {
    return held;
  }

  int broken() {
    return broken;
  }
}
