package com.poolbrain.webhooks.transport.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Outcome.Delivered;
import com.poolbrain.webhooks.domain.Outcome.Failed;
import com.poolbrain.webhooks.engine.request.SendResult;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer.Script;
import com.poolbrain.webhooks.transport.TransportFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        "HTTP/1.1 200 OK\nContent-Length: 6\n\nthanks",
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

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 5", "HTTP/1.1 200 OK", "hello", "\r"})
  void response_that_ends_within_its_first_line_is_invalid(String begin) throws Exception {
    assertThat(sendAndReceive(begin)).isEqualTo(new Failed(ErrorClass.INVALID_RESPONSE));
  }

  @Test
  void close_after_an_interim_response_is_connection_reset() throws Exception {
    assertThat(sendAndReceive("HTTP/1.1 100 Continue\r\n\r\n"))
        .isEqualTo(new Failed(ErrorClass.CONNECTION_RESET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n",
        "HTTP/1.1 200 OK\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n",
      })
  void a_2xx_status_line_is_a_delivery_although_its_head_never_ends(String begin) throws Exception {
    Delivered delivered = new Delivered(new EndpointResponse(200, ""));
    for (Script ending :
        List.<Script>of(ScriptedConnection::closeAbruptly, ScriptedConnection::breakTls)) {
      assertThat(
              sendToScript(connection -> {
                connection.readRequest();
                connection.send(begin);
                ending.serve(connection);
              }))
          .isEqualTo(delivered);
    }
  }

  @Test
  void a_2xx_status_line_followed_by_silence_is_a_delivery_at_the_deadline() throws Exception {
    ScriptedServer silent =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 204 No Content\r\nDate: ");
          connection.awaitClientClose();
        });

    assertThat(fixture.send(silent.url("/"), Duration.ofSeconds(2)))
        .isEqualTo(new Delivered(new EndpointResponse(204, "")));
  }

  @Test
  void headers_and_length_of_the_response_are_reported() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequest();
          connection.respond(
              302,
              String.join(
                  "\r\n",
                  "server: nginx",
                  "Set-Cookie: a=b",
                  "Location: /new\tplace",
                  "Content-Type: text/html",
                  ""),
              "moved");
        });

    SendResult result = fixture.sendForDetails(server.url("/"));

    assertThat(result.outcome())
        .isEqualTo(new Failed(ErrorClass.REDIRECT, new EndpointResponse(302, "moved"), null));
    assertThat(result.responseHeaders())
        .containsExactly(
            Map.entry("Content-Type", "text/html"),
            Map.entry("Server", "nginx"),
            Map.entry("Location", "/new\ufffdplace"));
    assertThat(result.responseBytes()).isEqualTo(5);
    assertThat(result.address()).isEqualTo(InetAddress.getLoopbackAddress());
    assertThat(result.detail()).isNull();
  }

  @Test
  void response_sent_before_the_whole_body_was_read_is_received() throws Exception {
    ScriptedServer server =
        fixture.startTlsServer(connection -> {
          connection.readRequestHead();
          connection.respond(413, "");
          connection.awaitClientClose();
        });
    WebhookRequest large =
        new WebhookRequest(
            server.url("/"), List.of(), new byte[4_000_000], TransportFixture.GENEROUS_TIMEOUT);

    assertThat(fixture.transport.send(large).outcome())
        .isEqualTo(new Failed(ErrorClass.PAYLOAD_TOO_LARGE, new EndpointResponse(413, ""), null));
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
