package com.poolbrain.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads and chunks that RFC 9112 forbids, or that announce what is not accepted.
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class RequestHeadTest {

  private static final String LAST = "Connection: close\r\n\r\n";

  private final LoopbackServer server =
      new LoopbackServer(
          LoopbackServer.application(
              List.of(
                  HttpRoute.get("/open", null, _ -> Response.text("text/plain", "hello")),
                  HttpRoute.post(
                      "/echo",
                      KeyListAuthorizer.ANY_KEY,
                      request -> Response.text("text/plain", "" + request.body().length)),
                  HttpRoute.post(
                      "/header",
                      KeyListAuthorizer.ANY_KEY,
                      request ->
                          Response.text("text/plain", "" + request.header("Idempotency-Key")))),
              "k"),
          new HttpLimits(
              1_000, 10_000, 10_000, Duration.ofMillis(500), Duration.ofMinutes(1), 100));

  @BeforeAll
  void start() {
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /// The start of a request with a body.
  private static String post(String path) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /open HTTP/1.1\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nHost: a\r\n",
        "GET /open HTTP/1.0\r\nHost: a\r\nHost: b\r\n",
        "GET /open HTTP/1.1\r\nHost: a b\r\n",
        "GET /open HTTP/1.1\r\nHost: a/b\r\n",
        "GET /open HTTP/1.1\r\nHost: user@a\r\n",
        "GET /open HTTP/1.1\r\nHost: [::1\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\n: b\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nX-A : b\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nX(A: b\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nno colon\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n",
        "GET /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        "GET /open HTTP/1.0\r\nTransfer-Encoding: chunked\r\n"
      })
  void head_that_breaks_the_rules_is_400(String head) throws IOException {
    assertThat(server.sendRaw(head + LAST))
        .startsWith("HTTP/1.")
        .contains(" 400 Bad Request\r\n", "application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /open HTTP/1.0\r\n",
        "GET /open HTTP/1.1\r\nHost:\r\n",
        "GET /open HTTP/1.1\r\nhost: a.example:8080\r\n",
        "GET /open HTTP/1.1\r\nHost: under_score\r\n",
        "GET /open HTTP/1.1\r\nHost: 127.0.0.1:80\r\n",
        "GET /open HTTP/1.1\r\nHost: [::1]:80\r\n"
      })
  void head_that_keeps_the_rules_is_accepted(String head) throws IOException {
    assertThat(server.sendRaw(head + LAST)).contains(" 200 OK\r\n").endsWith("hello");
  }

  @Test
  void transfer_encoding_besides_chunked_is_501() throws IOException {
    assertThat(
            server.sendRaw(
                post("/echo") + "Transfer-Encoding: gzip, chunked\r\n" + LAST + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 501 ");
    assertThat(
            server.sendRaw(post("/echo") + "Transfer-Encoding: Chunked\r\n" + LAST + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "-1\r\n",
        "2\r\n{}x\r\n",
        "2\r\n{}0\r\n\r\n",
        "fffffffffffffffffff\r\n",
        "2\r\n{}\r\nzz\r\n"
      })
  void malformed_chunk_is_400_before_the_connection_is_closed(String chunks) throws IOException {
    assertThat(server.sendRaw(post("/echo") + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
        .startsWith("HTTP/1.1 400 ")
        .contains("The chunks of the body are not valid HTTP/1.1.");
    assertThat(server.http().bufferedBodyBytes()).isZero();
  }

  @Test
  void body_that_is_announced_as_too_large_is_413_before_it_is_sent() throws IOException {
    assertThat(server.sendRaw(post("/echo") + "Content-Length: 100000000\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("Connection: close");
    assertThat(server.sendRaw(post("/nothing") + "Content-Length: 100000000\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void client_that_sends_a_body_that_is_too_large_to_its_end_gets_the_response()
      throws IOException {
    int size = 4 * 1024 * 1024;
    assertThat(
            server.sendRaw(
                post("/echo") + "Content-Length: " + size + "\r\n\r\n" + "x".repeat(size)))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void header_with_different_values_is_422_and_repeated_value_is_one() throws IOException {
    assertThat(
            server.sendRaw(post("/header") + "Idempotency-Key: a\r\nIdempotency-Key: b\r\n" + LAST))
        .startsWith("HTTP/1.1 422 ")
        .contains("Idempotency-Key was sent with 2 different values");
    assertThat(
            server.sendRaw(post("/header") + "Idempotency-Key: a\r\nIdempotency-Key: a\r\n" + LAST))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("a");
  }
}
