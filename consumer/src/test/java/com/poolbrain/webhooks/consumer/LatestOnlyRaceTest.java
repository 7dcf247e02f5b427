package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.payload.WebhookPing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// [LatestOnly] lets threads that race apply events as if they came one after the other.
@Tag("slow")
class LatestOnlyRaceTest {

  /// Two entities whose state is the time of the event that was applied last.
  @Param(name = "entity", gen = IntGen.class, conf = "1:2")
  @Param(name = "time", gen = IntGen.class, conf = "1:4")
  public static class Entities {

    private final Map<String, AtomicLong> states =
        Map.of("1", new AtomicLong(), "2", new AtomicLong());
    private final LatestOnly<WebhookPing> latest =
        LatestOnly.by(
            WebhookPing::message,
            (ping, context) ->
                states.get(ping.message()).set(context.timestamp().getEpochSecond()));

    /// Called by Lincheck.
    public Entities() {}

    /// Applies an event to an entity unless a later one was.
    @Operation
    public void apply(@Param(name = "entity") int entity, @Param(name = "time") int time)
        throws Exception {
      byte[] data = "{\"message\":\"\"}".getBytes(StandardCharsets.US_ASCII);
      byte[] body =
          Envelope.write(new UUID(0, time), "webhook.ping", 40, Instant.ofEpochSecond(time), data);
      var context = WebhookContext.of(Envelope.read(body), body, name -> null);
      latest.handle(new WebhookPing(Integer.toString(entity)), context);
    }

    @Operation
    public long read(@Param(name = "entity") int entity) {
      return states.get(Integer.toString(entity)).get();
    }
  }

  @Test
  void states_that_real_threads_read_have_an_order() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(3)
        .iterations(10)
        .invocationsPerIteration(500)
        .check(Entities.class);
  }
}
