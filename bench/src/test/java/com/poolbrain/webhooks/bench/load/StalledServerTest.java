package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Latencies count from the scheduled time, so a stalled server cannot hide its stall.
@Tag("slow")
class StalledServerTest {

  private static final int REQUESTS_PER_SECOND = 200;
  private static final Duration STALL = Duration.ofMillis(300);

  /// Responds to each request at once, except for a stall in the middle.
  private static void serve(ScriptedConnection connection) throws IOException {
    for (int i = 0; i < REQUESTS_PER_SECOND; i++) {
      connection.readRequest();
      if (i == REQUESTS_PER_SECOND / 2) {
        connection.delay(STALL);
      }
      connection.respond(202, "");
    }
  }

  @Test
  void requests_delayed_by_a_stalled_server_count_their_waiting_time() throws IOException {
    try (ScriptedServer server = ScriptedServer.http(StalledServerTest::serve);
        BenchEventLoop eventLoop = new BenchEventLoop()) {
      URI url = server.url("127.0.0.1", "/");
      EventMarkers markers = new EventMarkers(1);
      PublishTarget target = new PublishTarget(url, Map.of(), "{{ID}}");
      RunCounters counters = new RunCounters(0, REQUESTS_PER_SECOND, 1);

      try (LoadGenerator generator = new LoadGenerator(eventLoop, url, 1)) {
        generator.run(
            new LoadProfile("stalled", 1, REQUESTS_PER_SECOND, 1),
            new RoundRobinRequests(List.of(target), markers, 1),
            counters);
      }

      assertThat(counters.counts().accepted()).isEqualTo(REQUESTS_PER_SECOND);
      assertThat(counters.acceptLatencyMicros().getMaxValue()).isGreaterThanOrEqualTo(300_000);
      // 60 requests are scheduled in the 300 ms; counted from their sending, all would be fast.
      assertThat(counters.acceptLatencyMicros().getCountBetweenValues(50_000, 3_600_000_000L))
          .isGreaterThanOrEqualTo(REQUESTS_PER_SECOND * 250 / 1_000 - 1);
    }
  }
}
