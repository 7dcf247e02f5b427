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

/// A server that stalls can't hide it: times count from when requests were to be sent.
@Tag("slow")
class StalledServerTest {

  private static final byte[] ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int REQUESTS_PER_SECOND = 200;
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /// Answers each request at once, but the one in the middle after a while.
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
        BenchEventLoop benchEventLoop = new BenchEventLoop()) {
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      EventMarkers eventMarkers = new EventMarkers(1);
      RequestTemplate requestTemplate =
          new RequestTemplate(
              new PublishTarget(url, Map.of(), "{{ID}}"), eventMarkers, Instant.EPOCH);
      int length = requestTemplate.request(0).length;
      RunCounters runCounters = new RunCounters(REQUESTS_PER_SECOND, 1);
      Thread.ofVirtual().start(() -> serve(server, REQUESTS_PER_SECOND, length));

      try (LoadGenerator loadGenerator = new LoadGenerator(benchEventLoop, url, 1)) {
        loadGenerator.runOpenLoop(
            new RoundRobinRequests(List.of(requestTemplate), 1),
            runCounters,
            REQUESTS_PER_SECOND,
            TimeUnit.SECONDS.toNanos(1));
      }

      assertThat(runCounters.accepted()).isEqualTo(REQUESTS_PER_SECOND);
      assertThat(runCounters.acceptLatencyMicros().getMaxValue()).isGreaterThanOrEqualTo(300_000);
      // 60 were to be sent in the 300 ms; from their sending on they would all have taken no time.
      assertThat(runCounters.acceptLatencyMicros().getCountBetweenValues(50_000, 3_600_000_000L))
          .isGreaterThanOrEqualTo(REQUESTS_PER_SECOND * 250 / 1_000 - 1);
    }
  }
}
