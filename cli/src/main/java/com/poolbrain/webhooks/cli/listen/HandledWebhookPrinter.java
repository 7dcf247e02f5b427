package com.poolbrain.webhooks.cli.listen;

import com.poolbrain.webhooks.signature.VerificationResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/// Prints webhooks to a terminal, one short block each.
public final class HandledWebhookPrinter {

  private static final DateTimeFormatter TIME_FORMAT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");
  private static final int MAX_LINE_LENGTH = 500;

  private final PrintWriter out;
  private final Ansi ansi;
  private final InstantSource clock;
  private final int maxItems;

  /// A printer.
  ///
  /// @param maxItems items that are printed of a grouped webhook
  public HandledWebhookPrinter(PrintWriter out, Ansi ansi, InstantSource clock, int maxItems) {
    this.out = out;
    this.ansi = ansi;
    this.clock = clock;
    this.maxItems = maxItems;
  }

  public void print(HandledWebhook webhook) {
    StringBuilder block = new StringBuilder(TIME_FORMAT.format(clock.instant()));
    block.append("  #").append(webhook.number());
    JsonNode envelope = webhook.envelope();
    if (envelope == null) {
      block.append("  ").append(webhook.request().body().length).append(" bytes");
    } else {
      block.append("  ").append(printable(envelope.path("event")));
    }
    block.append("  ").append(describeDisposition(webhook)).append('\n');
    if (envelope != null) {
      appendLine(block, describeEnvelope(webhook.request(), envelope));
    }
    appendLine(block, describeSignature(webhook.verificationResult()));
    if (webhook.forwarded() != null) {
      appendLine(
          block,
          "application: %d after %d ms  %s"
              .formatted(
                  webhook.forwarded().status(),
                  webhook.forwarded().duration().toMillis(),
                  webhook.forwarded().text()));
    }
    if (envelope == null) {
      appendLine(block, new String(webhook.request().body(), StandardCharsets.UTF_8));
    } else {
      appendData(block, envelope.path("data"));
    }
    out.print(block);
    out.flush();
  }

  private String describeDisposition(HandledWebhook webhook) {
    String markup =
        switch (webhook.disposition()) {
          case PROCESSED -> "@|green,bold processed|@";
          case DUPLICATE -> "@|yellow duplicate, not processed again|@";
          case FORWARDED -> "@|green,bold forwarded|@";
          case SIMULATED_FAILURE -> "@|magenta failed on request|@";
          case INVALID_SIGNATURE -> "@|red,bold invalid signature|@";
          case MALFORMED -> "@|red,bold malformed body|@";
        };
    return ansi.string(markup) + ", answered " + webhook.status();
  }

  private static String describeEnvelope(IncomingRequest request, JsonNode envelope) {
    StringBuilder description = new StringBuilder("id ").append(printable(envelope.path("id")));
    description.append("  company ").append(printable(envelope.path("company_id")));
    description.append("  at ").append(printable(envelope.path("timestamp")));
    if (request.attempt() != null) {
      description.append("  attempt ").append(request.attempt());
    }
    return description.toString();
  }

  private static String describeSignature(@Nullable VerificationResult verificationResult) {
    if (verificationResult == null) {
      return "signature not verified: give the endpoint's secret with --secret";
    }
    return verificationResult.matches()
        ? "signature matches"
        : "signature: " + verificationResult.message();
  }

  private void appendData(StringBuilder block, JsonNode data) {
    if (!data.isArray()) {
      appendLine(block, data.toString());
      return;
    }
    data.valueStream().limit(maxItems).forEach(item -> appendLine(block, item.toString()));
    if (data.size() > maxItems) {
      appendLine(
          block, "... and " + (data.size() - maxItems) + " more, " + data.size() + " in all");
    }
  }

  /// Appends a line without the control characters of the text, because a terminal would obey them.
  private static void appendLine(StringBuilder block, String text) {
    String line = CONTROL_CHARACTERS.matcher(text).replaceAll("\uFFFD");
    boolean isLong = line.length() > MAX_LINE_LENGTH;
    block
        .append("    ")
        .append(isLong ? line.substring(0, MAX_LINE_LENGTH) + " ..." : line)
        .append('\n');
  }

  private static String printable(JsonNode node) {
    String text = node.isString() ? node.stringValue() : node.toString();
    return CONTROL_CHARACTERS.matcher(text).replaceAll("\uFFFD");
  }
}
