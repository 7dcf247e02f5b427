package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.Arrival;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.Verification;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Tells the story line by line.
final class Narrator {

  private final Terminal terminal;
  private int chapter;

  Narrator(Terminal terminal) {
    this.terminal = terminal;
  }

  void chapter(String title) {
    chapter++;
    terminal.say("");
    terminal.say(terminal.ansi().string("@|bold " + chapter + "  " + title + "|@"));
  }

  void line(String text) {
    terminal.say(("   " + text).stripTrailing());
  }

  void request(Requests.Request request) {
    Arrival arrival = request.arrival();
    Verification verification = arrival.verification();
    JsonNode envelope = arrival.envelope();
    JsonNode data = envelope == null ? MissingNode.getInstance() : envelope.path("data");
    line(
        "-> %-8s  %-29s  %-9s  attempt %s, %s, answered %d"
            .formatted(
                request.subscriber().label(),
                envelope == null ? "?" : envelope.path("event").asString(),
                items(data.isArray() ? data.size() : 1),
                arrival.received().attempt(),
                verification != null && verification.matches() ? "signed" : "NOT SIGNED",
                arrival.status()));
  }

  static String items(int count) {
    return count + (count == 1 ? " item" : " items");
  }

  void good(String text) {
    line(styled("green", text));
  }

  void bad(String text) {
    line(styled("red,bold", text));
  }

  private String styled(String style, String text) {
    Ansi ansi = terminal.ansi();
    return ansi.string("@|" + style + " " + text + "|@");
  }
}
