package com.poolbrain.webhooks.api.fuzz;

import com.poolbrain.webhooks.events.AsciiJsonCopier;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.InvalidJsonException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fuzz target: the envelope writer refuses its arguments, or writes compact JSON that has them.
public final class EnvelopeFuzzTarget {

  private static final int NUMBERS = 36;
  private static final long MAX_SECONDS = Instant.MAX.getEpochSecond();
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

  private EnvelopeFuzzTarget() {}

  /// Called by Jazzer.
  ///
  /// @param input id, company, seconds and nanoseconds in 36 bytes, then the event name, a line
  ///   end, and data
  public static void fuzzerTestOneInput(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(input, Math.max(input.length, NUMBERS)));
    UUID id = new UUID(bytes.getLong(), bytes.getLong());
    long company = bytes.getLong();
    Instant occurredAt =
        Instant.ofEpochSecond(
            bytes.getLong() % MAX_SECONDS, Math.abs(bytes.getInt() % 1_000_000_000));
    String[] rest = StandardCharsets.UTF_8.decode(bytes).toString().split("\n", 2);
    String event = rest[0];
    byte[] data = compactOrEmpty(rest[rest.length - 1].getBytes(StandardCharsets.UTF_8));
    byte[] body;
    try {
      body = Envelope.write(id, event, company, occurredAt, data);
    } catch (IllegalArgumentException refused) {
      return;
    }
    JsonNode envelope = JsonMapper.shared().readTree(body);
    boolean isComplete =
        envelope.path("id").asString("").equals(id.toString())
            && envelope.path("event").asString("").equals(event)
            && envelope.path("company_id").asLong() == company
            && Instant.parse(envelope.path("timestamp").asString("")).compareTo(occurredAt) <= 0
            && envelope.size() == 5
            && Arrays.equals(body, AsciiJsonCopier.compact(body));
    if (!isComplete) {
      throw new IllegalStateException(new String(body, StandardCharsets.UTF_8));
    }
  }

  private static byte[] compactOrEmpty(byte[] json) {
    try {
      return AsciiJsonCopier.compact(json);
    } catch (InvalidJsonException refused) {
      return EMPTY;
    }
  }
}
