package com.poolbrain.webhooks.cli.demo;

/// What the story promises, held against what happened. What does not hold is said at once.
final class Checks {

  private final DemoOutput demoOutput;
  private int passedCount;
  private int failedCount;

  Checks(DemoOutput demoOutput) {
    this.demoOutput = demoOutput;
  }

  void check(boolean condition, String expectation) {
    if (condition) {
      passedCount++;
    } else {
      failedCount++;
      demoOutput.printFailure("NOT SO, expected " + expectation);
    }
  }

  void checkEqual(Object actual, Object expected, String subject) {
    check(actual.equals(expected), subject + ": " + expected + ", but it was " + actual);
  }

  int passedCount() {
    return passedCount;
  }

  int failedCount() {
    return failedCount;
  }
}
