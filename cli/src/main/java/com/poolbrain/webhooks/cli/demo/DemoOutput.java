package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.HandledWebhook;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.VerificationResult;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Tells the story line by line.
final class DemoOutput {

  private final Terminal terminal;
  private int section;

  DemoOutput(Terminal terminal) {
    this.terminal = terminal;
  }

  void section(String title) {
    section++;
    terminal.println("");
    terminal.println(terminal.ansi().string("@|bold " + section + "  " + title + "|@"));
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

  void printSuccess(String text) {
    printLine(styled("green", text));
  }

  void printFailure(String text) {
    printLine(styled("red,bold", text));
  }

  private String styled(String style, String text) {
    Ansi ansi = terminal.ansi();
    return ansi.string("@|" + style + " " + text + "|@");
  }
}
