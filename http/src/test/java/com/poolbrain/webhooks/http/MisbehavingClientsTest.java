package com.poolbrain.webhooks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that send invalid HTTP, too much, too slowly, or stop half-way.
@Timeout(120)
class MisbehavingClientsTest {

  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(200);
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(1);

  private static final HttpLimits DEFAULT_LIMITS = HttpLimits.withDefaults(5 * 1024 * 1024);
  private static final HttpRoute ECHO =
      HttpRoute.post(
          "/echo",
          KeyListAuthorizer.ANY_KEY,
          request -> Response.text("text/plain", "" + request.body().length));

  private static LoopbackServer server(HttpLimits limits, HttpRoute... routes) {
    var server =
        new LoopbackServer(LoopbackServer.application(List.of(routes), "k", "other"), limits);
    server.start();
    return server;
  }

  /// The head of a request with a key, JSON and more headers.
  private static String head(String path, String... more) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k\r\nContent-Type: application/json\r\n"
        + String.join("\r\n", more)
        + "\r\n\r\n";
  }

  private static HttpLimits limits(Duration bodyTimeout, Duration idleTimeout) {
    return new HttpLimits(1_000, 1_500, 10_000, bodyTimeout, idleTimeout, 100);
  }

  @Test
  void oversized_or_invalid_http_is_answered_with_a_json_problem() throws IOException {
    try (var server = server(DEFAULT_LIMITS, ECHO)) {
      assertThat(server.sendRaw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
          .matches("(?s)HTTP/1\\.[01] 414 .*")
          .contains("application/problem+json");
      assertThat(
              server.sendRaw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
          .matches("(?s)HTTP/1\\.[01] 431 .*")
          .contains("\"status\":431");
      assertThat(server.sendRaw("\u0016\u0003\u0001 what is this\r\n\r\n"))
          .matches("(?s)HTTP/1\\.[01] 400 .*")
          .contains("\"status\":400");
      for (String length : List.of("-1", "abc", "1, 2", "99999999999999999999999")) {
        assertThat(server.sendRaw(head("/echo", "Connection: close", "Content-Length: " + length)))
            .as(length)
            .matches("(?s)HTTP/1\\.[01] 4.*");
      }
    }
  }

  @Test
  void expect_continue_is_answered_before_the_body_is_sent() throws IOException {
    try (var server = server(DEFAULT_LIMITS, ECHO)) {
      String expectHeaders = "Expect: 100-continue\r\nConnection: close\r\nContent-Length: ";
      assertThat(server.sendRaw(head("/echo", expectHeaders + 6_000_000)))
          .startsWith("HTTP/1.1 413 ");
      assertThat(server.sendRaw(head("/nothing", expectHeaders + 5))).startsWith("HTTP/1.1 404 ");
      assertThat(server.sendRaw(head("/echo", expectHeaders + 2) + "{}"))
          .startsWith("HTTP/1.1 100 Continue")
          .contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void connection_with_an_unfinished_request_head_is_closed() throws IOException {
    try (var server = server(limits(LONG_TIMEOUT, SHORT_TIMEOUT), ECHO)) {
      assertThat(server.sendRaw("POST /echo HTTP/1.1\r\nHost: a\r\nX-Drip: ")).isEmpty();
    }
  }

  @Test
  void unfinished_body_is_408() throws IOException {
    try (var server = server(limits(SHORT_TIMEOUT, LONG_TIMEOUT), ECHO)) {
      assertThat(server.sendRaw(head("/echo", "Content-Length: 10") + "{"))
          .startsWith("HTTP/1.1 408 ");
      assertThat(server.http().bufferedBodyBytes()).isZero();
    }
  }

  @Test
  void body_beyond_the_total_byte_budget_is_503() throws Exception {
    var handlerStarted = new CountDownLatch(1);
    var mayFinish = new CountDownLatch(1);
    HttpRoute slow = heldRoute(handlerStarted, mayFinish);
    try (var server = server(limits(LONG_TIMEOUT, LONG_TIMEOUT), slow, ECHO)) {
      Thread first =
          Thread.ofVirtual().start(() -> server.send("POST", "/slow", "k", "x".repeat(900)));
      handlerStarted.await();
      var answer = server.send("POST", "/echo", "k", "x".repeat(900));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      mayFinish.countDown();
      first.join();
      awaitBodiesReleased(server);
      assertThat(server.send("POST", "/echo", "k", "x".repeat(900)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void body_beyond_the_budget_of_its_sender_waits_and_other_senders_pass() throws Exception {
    var handlerStarted = new CountDownLatch(1);
    var mayFinish = new CountDownLatch(1);
    HttpRoute slow = heldRoute(handlerStarted, mayFinish);
    var limits = new HttpLimits(1_000, 10_000, 1_500, LONG_TIMEOUT, LONG_TIMEOUT, 100);
    try (var server = server(limits, slow, ECHO)) {
      Thread first =
          Thread.ofVirtual().start(() -> server.send("POST", "/slow", "k", "x".repeat(900)));
      handlerStarted.await();
      CompletableFuture<Integer> second =
          CompletableFuture.supplyAsync(
              () -> server.send("POST", "/echo", "k", "x".repeat(900)).statusCode());
      await().atMost(Duration.ofMinutes(1)).until(() -> server.http().waitingBodies() == 1);

      assertThat(server.send("POST", "/echo", "other", "x".repeat(900)).body()).isEqualTo("900");
      assertThat(second).isNotDone();
      mayFinish.countDown();
      assertThat(second.get()).isEqualTo(200);
      first.join();
    }
  }

  @Test
  void body_that_waits_too_long_for_room_is_503() throws Exception {
    var handlerStarted = new CountDownLatch(1);
    var mayFinish = new CountDownLatch(1);
    HttpRoute slow = heldRoute(handlerStarted, mayFinish);
    var limits = new HttpLimits(1_000, 10_000, 1_500, SHORT_TIMEOUT, LONG_TIMEOUT, 100);
    try (var server = server(limits, slow, ECHO)) {
      Thread first =
          Thread.ofVirtual().start(() -> server.send("POST", "/slow", "k", "x".repeat(900)));
      handlerStarted.await();

      assertThat(server.sendRaw(head("/echo", "Content-Length: 900") + "x".repeat(900)))
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 1");
      mayFinish.countDown();
      first.join();
    }
  }

  @Test
  void large_body_that_is_being_handled_holds_up_no_other_request() throws Exception {
    var handlerStarted = new CountDownLatch(HttpService.eventLoopCount());
    var mayFinish = new CountDownLatch(1);
    HttpRoute parse =
        HttpRoute.asyncPost(
            "/parse",
            KeyListAuthorizer.ANY_KEY,
            (request, _) -> {
              if (request.body().length > HttpLimits.MAX_EVENT_LOOP_BODY_BYTES) {
                handlerStarted.countDown();
                awaitUninterruptibly(mayFinish);
              }
              return CompletableFuture.completedFuture(Response.noContent());
            });
    try (var server = server(DEFAULT_LIMITS, parse, ECHO)) {
      String largeBody = "x".repeat(HttpLimits.MAX_EVENT_LOOP_BODY_BYTES + 1);
      List<CompletableFuture<Integer>> large =
          IntStream.range(0, 2 * HttpService.eventLoopCount())
              .mapToObj(_ ->
                  CompletableFuture.supplyAsync(
                      () -> server.send("POST", "/parse", "k", largeBody).statusCode()))
              .toList();
      handlerStarted.await();

      assertThat(server.send("POST", "/parse", "k", "{}").statusCode()).isEqualTo(204);
      assertThat(server.send("POST", "/echo", "k", largeBody).statusCode()).isEqualTo(200);
      assertThat(large).noneMatch(CompletableFuture::isDone);
      mayFinish.countDown();
      for (CompletableFuture<Integer> response : large) {
        assertThat(response.get()).isEqualTo(204);
      }
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void disconnect_within_a_body_releases_its_bytes() throws IOException {
    try (var server = server(DEFAULT_LIMITS, ECHO)) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        OutputStream out = socket.getOutputStream();
        out.write((head("/echo", "Content-Length: 1000") + "{").getBytes(ISO_8859_1));
        out.flush();
        await().atMost(Duration.ofMinutes(1)).until(() -> server.http().bufferedBodyBytes() > 0);
      }
      awaitBodiesReleased(server);
      assertThat(server.send("POST", "/echo", "k", "{}").body()).isEqualTo("2");
    }
  }

  /// The bytes of a body are released after its response was sent, so the client may be faster.
  private static void awaitBodiesReleased(LoopbackServer server) {
    await().atMost(Duration.ofMinutes(1)).until(() -> server.http().bufferedBodyBytes() == 0);
  }

  @Test
  void connection_beyond_the_limit_is_closed() throws IOException {
    var limits = new HttpLimits(1_000, 2_000, 2_000, LONG_TIMEOUT, LONG_TIMEOUT, 1);
    try (var server = server(limits, ECHO);
        var first = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      first
          .getOutputStream()
          .write("POST /nothing HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(first.getInputStream().read()).isEqualTo('H');
      try (var second = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws IOException {
    try (var server = server(DEFAULT_LIMITS, ECHO)) {
      String answers =
          server.sendRaw(
              head("/echo", "Content-Length: 2")
                  + "{}"
                  + head("/echo", "Content-Length: 4")
                  + "{  }"
                  + head("/echo", "Content-Length: 3", "Connection: close")
                  + "{ }");
      assertThat(answers).containsSubsequence("\r\n\r\n2", "\r\n\r\n4", "\r\n\r\n3");
    }
  }

  /// A route `/slow` that answers when the test lets it.
  private static HttpRoute heldRoute(CountDownLatch handlerStarted, CountDownLatch mayFinish) {
    return HttpRoute.post(
        "/slow",
        KeyListAuthorizer.ANY_KEY,
        _ -> {
          handlerStarted.countDown();
          mayFinish.await();
          return Response.noContent();
        });
  }
}
