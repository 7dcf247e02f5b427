package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.listen.Arrival;
import com.poolbrain.webhooks.cli.listen.Received;
import com.poolbrain.webhooks.signature.Verification;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/// Shows arrivals in a terminal, one short block each.
final class ArrivalPrinter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int LONGEST_LINE = 500;

  private final PrintWriter out;
  private final Ansi ansi;
  private final InstantSource clock;
  private final int items;

  /// A printer that shows at most so many items of a group.
  ArrivalPrinter(PrintWriter out, Ansi ansi, InstantSource clock, int items) {
    this.out = out;
    this.ansi = ansi;
    this.clock = clock;
    this.items = items;
  }

  void print(Arrival arrival) {
    StringBuilder block = new StringBuilder(TIME.format(clock.instant()));
    JsonNode envelope = arrival.envelope();
    if (envelope == null) {
      block.append("  ").append(arrival.received().body().length).append(" bytes");
    } else {
      block.append("  ").append(text(envelope.path("event")));
    }
    block.append("  ").append(verdict(arrival)).append('\n');
    if (envelope != null) {
      line(block, facts(arrival.received(), envelope));
    }
    line(block, signature(arrival.verification()));
    if (envelope == null) {
      line(block, new String(arrival.received().body(), StandardCharsets.UTF_8));
    } else {
      data(block, envelope.path("data"));
    }
    out.print(block);
    out.flush();
  }

  private String verdict(Arrival arrival) {
    String words =
        switch (arrival.verdict()) {
          case PROCESSED -> "@|green,bold processed|@";
          case DUPLICATE -> "@|yellow duplicate, not processed again|@";
          case MISBEHAVED -> "@|magenta refused on request|@";
          case UNTRUSTED -> "@|red,bold not trusted|@";
          case UNREADABLE -> "@|red,bold not an envelope|@";
        };
    return ansi.string(words) + ", answered " + arrival.status();
  }

  private static String facts(Received received, JsonNode envelope) {
    StringBuilder facts = new StringBuilder("id ").append(text(envelope.path("id")));
    facts.append("  company ").append(text(envelope.path("company_id")));
    facts.append("  at ").append(text(envelope.path("timestamp")));
    if (received.attempt() != null) {
      facts.append("  attempt ").append(received.attempt());
    }
    return facts.toString();
  }

  private static String signature(@Nullable Verification verification) {
    if (verification == null) {
      return "signature not checked: give the endpoint's secret with --secret";
    }
    return verification.matches() ? "signature matches" : "signature: " + verification.sentence();
  }

  private void data(StringBuilder block, JsonNode data) {
    if (!data.isArray()) {
      line(block, data.toString());
      return;
    }
    data.valueStream().limit(items).forEach(item -> line(block, item.toString()));
    if (data.size() > items) {
      line(block, "... and " + (data.size() - items) + " more, " + data.size() + " in all");
    }
  }

  /// What strangers send is shown without anything that a terminal would obey.
  private static void line(StringBuilder block, String text) {
    String line = CONTROL.matcher(text).replaceAll("\uFFFD");
    boolean isLong = line.length() > LONGEST_LINE;
    block
        .append("    ")
        .append(isLong ? line.substring(0, LONGEST_LINE) + " ..." : line)
        .append('\n');
  }

  private static String text(JsonNode node) {
    String text = node.isString() ? node.stringValue() : node.toString();
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }
}
