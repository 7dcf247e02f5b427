package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.payload.WebhookPing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// [LatestOnly] lets threads that race apply events as if they came one after the other. Lincheck
/// looks for an order that explains the states that they read.
@Tag("slow")
class LatestOnlyRaceTest {

  private static final int TIMES = 4;
  private static final WebhookPing PING = new WebhookPing("");
  private static final List<WebhookContext> CONTEXTS =
      IntStream.range(0, TIMES).mapToObj(LatestOnlyRaceTest::contextAt).toList();

  /// An entity whose state is the time of the event that was applied last.
  @Param(name = "time", gen = IntGen.class, conf = "1:3")
  public static class Entity {

    private volatile long state;
    private final LatestOnly<WebhookPing> latest =
        LatestOnly.by(
            ping -> "entity", (ping, context) -> state = context.timestamp().getEpochSecond());

    /// Called by Lincheck.
    public Entity() {}

    /// Applies an event unless a later one was.
    @Operation
    public void apply(@Param(name = "time") int time) throws Exception {
      latest.handle(PING, CONTEXTS.get(time));
    }

    @Operation
    public long read() {
      return state;
    }
  }

  @Test
  void states_under_all_explored_schedules_have_an_order() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .iterations(10)
        .invocationsPerIteration(300)
        .check(Entity.class);
  }

  private static WebhookContext contextAt(int time) {
    byte[] data = "{\"message\":\"\"}".getBytes(StandardCharsets.US_ASCII);
    Instant occurredAt = Instant.ofEpochSecond(time);
    byte[] body = Envelope.write(new UUID(0, time), "webhook.ping", 40, occurredAt, data);
    return WebhookContext.of(Envelope.read(body), body, name -> null);
  }
}
