package com.poolbrain.webhooks.transport.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer.Script;
import com.poolbrain.webhooks.transport.TransportFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Outcomes of valid, invalid and unusual responses.
@Timeout(120)
final class ResponseHandlingTest {

  private static final Outcome THANKS = new Delivered(new EndpointResponse(200, "thanks"));

  private final TransportFixture fixture = new TransportFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n",
        "HTTP/1.1 199 Whatever\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Again\r\n\r\n",
      })
  void interim_responses_are_skipped(String interim) throws Exception {
    assertThat(sendAndReceive(interim + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nthanks"))
        .isEqualTo(THANKS);
    assertThat(sendAndReceive(interim + "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo(new Failed(ErrorClass.SERVER_ERROR, new EndpointResponse(500, ""), null));
  }

  @Test
  void connection_is_reused_after_interim_responses() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          while (true) {
            connection.readRequest();
            connection.send("HTTP/1.1 103 Early Hints\r\n\r\n");
            connection.respond(200, "thanks");
          }
        });

    assertThat(fixture.send(server.url("/"))).isEqualTo(THANKS);
    assertThat(fixture.send(server.url("/"))).isEqualTo(THANKS);
    assertThat(server.connectionCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 1234 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "<html>hello</html>\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
      })
  void response_that_is_not_http_1_is_invalid(String raw) throws Exception {
    assertThat(sendAndReceive(raw)).isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nthanks",
        "HTTP/1.1 200\r\nContent-Length: 6\r\n\r\nthanks",
        "HTTP/1.0 200 OK\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntha\r\n3\r\nnks\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nthanks\r\nnonsense\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\nthanks",
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nX-Odd Name: é\r\nContent-Length: 6\r\n\r\nthanks",
      })
  void a_2xx_status_line_is_a_delivery_whatever_follows(String raw) throws Exception {
    assertThat(sendAndReceive(raw)).isEqualTo(THANKS);
  }

  @Test
  void endless_2xx_body_is_delivered_with_its_first_kilobyte() throws Exception {
    assertThat(
            sendToScript(connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              connection.sendForever("a\r\n0123456789\r\n");
            }))
        .isEqualTo(
            new Delivered(new EndpointResponse(200, "0123456789".repeat(103).substring(0, 1024))));
  }

  @Test
  void error_body_is_read_up_to_the_limit_only() throws Exception {
    CompletableFuture<IOException> writeFailure = new CompletableFuture<>();

    Outcome outcome =
        sendToScript(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 500 No\r\nContent-Length: 104857600\r\n\r\n");
          try {
            for (int kilobyte = 0; kilobyte < 102_400; kilobyte++) {
              connection.send("e".repeat(1024));
            }
          } catch (IOException closed) {
            writeFailure.complete(closed);
          }
        });

    assertThat(outcome)
        .isEqualTo(
            new Failed(
                ErrorClass.SERVER_ERROR, new EndpointResponse(500, "e".repeat(16 * 1024)), null));
    assertThat(writeFailure).succeedsWithin(TransportFixture.GENEROUS_TIMEOUT);
  }

  @Test
  void body_at_the_limit_is_read_and_the_connection_reused() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          while (true) {
            connection.readRequest();
            connection.respond(500, "e".repeat(64 * 1024));
          }
        });

    fixture.send(server.url("/"));
    fixture.send(server.url("/"));

    assertThat(server.connectionCount()).isEqualTo(1);
  }

  @Test
  void retry_after_date_is_counted_from_the_clock() throws Exception {
    Instant now = Instant.parse("2026-02-13T06:42:24Z");
    try (TransportFixture fixtureAtFixedTime =
        new TransportFixture(TransportFixture.settings(), () -> now)) {
      ScriptedServer server =
          fixtureAtFixedTime.startTlsServer(connection -> {
            connection.readRequest();
            connection.respond(503, "Retry-After: Fri, 13 Feb 2026 06:52:24 GMT\r\n", "");
          });

      assertThat(fixtureAtFixedTime.send(server.url("/")))
          .isEqualTo(
              new Failed(
                  ErrorClass.SERVER_ERROR, new EndpointResponse(503, ""), Duration.ofMinutes(10)));
    }
  }

  @Test
  void reset_within_the_response_head_is_connection_reset() throws Exception {
    assertThat(
            sendToScript(connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 5");
              connection.reset();
            }))
        .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
  }

  @Test
  void server_that_speaks_first_is_an_invalid_response() throws Exception {
    assertThat(
            sendToScript(connection -> {
              connection.send("220 mail.example.com ESMTP\r\n");
              connection.awaitClientClose();
            }))
        .isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void chunk_framing_counts_towards_the_read_limit() throws Exception {
    String chunk = "1;" + "x".repeat(500) + "\r\na\r\n";
    assertThat(
            sendToScript(connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n");
              connection.sendForever(chunk);
            }))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(ErrorClass.SERVER_ERROR);
              assertThat(requireNonNull(failed.response()).body()).matches("a{100,1000}");
            });
  }

  private Outcome sendAndReceive(String raw) throws InterruptedException {
    return sendToScript(connection -> {
      connection.readRequest();
      connection.send(raw);
      connection.closeAbruptly();
    });
  }

  private Outcome sendToScript(Script script) throws InterruptedException {
    return fixture.send(fixture.startTlsServer(script).url("/"));
  }
}
