package com.poolbrain.webhooks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.http.stream.BodyStream;
import com.poolbrain.webhooks.http.stream.BodyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bodies that are made while they are sent.
class StreamedResponsesTest {

  private static final String GET = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final int PART_BYTES = 64 * 1024;

  /// More than all buffers between the service and a client of the loopback address.
  private static final int ENOUGH_PARTS = 4_000;

  private final AtomicInteger parts = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private LoopbackServer server;

  private void serve(Duration stallTimeout, BodyStream.Body body) {
    BodyStream.Body counted =
        writer -> {
          try {
            body.writeTo(part -> {
              writer.write(part);
              parts.incrementAndGet();
            });
          } finally {
            ended.countDown();
          }
        };
    HttpRoute route =
        HttpRoute.get(
            "/stream",
            null,
            _ -> Response.stream("text/plain", BodyStream.of(counted, closed::incrementAndGet)));
    server =
        new LoopbackServer(
            LoopbackServer.application(List.of(route), "k"),
            new HttpLimits(1_000, 1_000, 1_000, stallTimeout, Duration.ofMinutes(1), 10));
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void writeMuch(BodyWriter writer) throws IOException, InterruptedException {
    for (int i = 0; i < ENOUGH_PARTS; i++) {
      writer.write(new byte[PART_BYTES]);
    }
  }

  @Test
  void all_parts_arrive_in_order_and_the_connection_is_used_again() {
    serve(
        Duration.ofMinutes(1),
        writer -> {
          for (int i = 0; i < 500; i++) {
            writer.write((i + "\n").getBytes(StandardCharsets.US_ASCII));
          }
        });
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = server.get("/stream", null);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body().lines()).hasSize(500).startsWith("0", "1").endsWith("499");
    }
    await().until(() -> closed.get() >= 2);
  }

  @Test
  void client_that_reads_nothing_is_cut_and_little_was_made_for_it() throws Exception {
    serve(Duration.ofMillis(300), StreamedResponsesTest::writeMuch);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
      ended.await();
      assertThat(parts.get()).as("parts made").isLessThan(ENOUGH_PARTS / 4);
      await().until(() -> closed.get() > 0);
      assertThat(readToEnd(socket)).as("bytes that arrived").isLessThan(ENOUGH_PARTS * PART_BYTES);
    }
  }

  private static int readToEnd(Socket socket) throws IOException {
    int total = 0;
    byte[] buffer = new byte[PART_BYTES];
    try {
      for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
        total += n;
      }
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return total;
  }

  @Test
  void stream_of_a_client_that_is_gone_is_closed_while_it_waits() throws Exception {
    var begun = new CountDownLatch(1);
    serve(
        Duration.ofMinutes(1),
        writer -> {
          writer.write("begun".getBytes(StandardCharsets.US_ASCII));
          begun.countDown();
          await().forever().until(() -> closed.get() > 0);
          writer.write("lost".getBytes(StandardCharsets.US_ASCII));
        });
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
      begun.await();
    }
    ended.await();
    assertThat(parts.get()).as("parts that were taken").isEqualTo(1);
  }

  @Test
  void failure_in_the_middle_ends_the_connection_before_the_end_of_the_body() {
    serve(
        Duration.ofMinutes(1),
        writer -> {
          writer.write("first".getBytes(StandardCharsets.US_ASCII));
          throw new IllegalStateException("planted");
        });
    assertThatThrownBy(() -> server.get("/stream", null)).isInstanceOf(UncheckedIOException.class);
    await().until(() -> closed.get() > 0);
  }

  @Test
  void head_request_starts_no_stream() {
    serve(Duration.ofMinutes(1), StreamedResponsesTest::writeMuch);
    HttpResponse<String> response = server.send("HEAD", "/stream", null, null);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
    await().until(() -> closed.get() == 1);
    assertThat(ended.getCount()).as("not started").isEqualTo(1);
  }

  @Test
  void service_that_stops_cuts_its_streams() throws Exception {
    serve(Duration.ofHours(1), StreamedResponsesTest::writeMuch);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
      await().until(() -> parts.get() > 0);
      server.http().close();
      ended.await();
    }
  }
}
