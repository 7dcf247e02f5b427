package com.poolbrain.webhooks.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Latencies count from the scheduled time, so a stalled server cannot hide its stall.
@Tag("slow")
class StalledServerTest {

  private static final byte[] ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int REQUESTS_PER_SECOND = 200;
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /// Answers each request at once, except the middle one.
  private static void serve(ServerSocket server, int requests, int length) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      for (int i = 0; i < requests; i++) {
        if (in.readNBytes(length).length < length) {
          return;
        }
        if (i == requests / 2) {
          long end = System.nanoTime() + STALL_NANOS;
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
        }
        socket.getOutputStream().write(ACCEPTED);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void requests_delayed_by_a_stalled_server_count_their_waiting_time() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        BenchEventLoop eventLoop = new BenchEventLoop()) {
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      EventMarkers markers = new EventMarkers(1);
      PublishTarget target = new PublishTarget(url, Map.of(), "{{ID}}");
      int length = new RequestTemplate(target, markers, Instant.EPOCH).request(0).length;
      RunCounters counters = new RunCounters(0, REQUESTS_PER_SECOND, 1);
      Thread.ofVirtual().start(() -> serve(server, REQUESTS_PER_SECOND, length));

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
