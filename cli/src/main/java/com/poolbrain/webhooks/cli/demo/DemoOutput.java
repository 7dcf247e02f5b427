package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.VerificationResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Output of the demo: numbered sections, webhooks, and the results of checks.
final class DemoOutput {

  private final Terminal terminal;
  private int sectionCount;
  private int passedChecks;
  private int failedChecks;

  DemoOutput(Terminal terminal) {
    this.terminal = terminal;
  }

  void section(String title) {
    sectionCount++;
    terminal.println("");
    terminal.println(terminal.ansi().string("@|bold " + sectionCount + "  " + title + "|@"));
  }

  void printLine(String text) {
    terminal.println(("   " + text).stripTrailing());
  }

  void printWebhook(WebhookLog.Entry entry) {
    HandledWebhook webhook = entry.webhook();
    VerificationResult verificationResult = webhook.verificationResult();
    JsonNode envelope = webhook.envelope();
    JsonNode data = envelope == null ? MissingNode.getInstance() : envelope.path("data");
    printLine(
        "-> %-8s  %-29s  %-9s  attempt %s, %s, answered %d"
            .formatted(
                entry.subscriber().label(),
                envelope == null ? "?" : envelope.path("event").asString(),
                formatItemCount(data.isArray() ? data.size() : 1),
                webhook.request().attempt(),
                verificationResult != null && verificationResult.matches()
                    ? "signed"
                    : "NOT SIGNED",
                webhook.status()));
  }

  static String formatItemCount(int count) {
    return count + (count == 1 ? " item" : " items");
  }

  /// Counts a check. A failed one is printed at once.
  void check(boolean condition, String expectation) {
    if (condition) {
      passedChecks++;
    } else {
      failedChecks++;
      printStyled("red,bold", "FAILED, expected: " + expectation);
    }
  }

  void checkEqual(Object actual, Object expected, String subject) {
    check(actual.equals(expected), subject + ": " + expected + ", but it was " + actual);
  }

  int failedChecks() {
    return failedChecks;
  }

  void printCheckTotals() {
    if (failedChecks == 0) {
      printStyled("green", "All " + passedChecks + " checks of this demo passed.");
    } else {
      printStyled("red,bold", failedChecks + " checks of this demo failed; see FAILED above.");
    }
  }

  private void printStyled(String style, String text) {
    printLine(terminal.ansi().string("@|" + style + " " + text + "|@"));
  }
}
