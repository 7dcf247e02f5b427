package com.poolbrain.webhooks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Responses that are completed after the listener has stopped.
class LateResponsesTest {

  private static final String REQUEST =
      "POST /late HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k\r\nContent-Length: 0\r\n\r\n";

  private final Logger logger =
      (Logger) LoggerFactory.getLogger(LateResponsesTest.class.getPackageName());
  private final ListAppender<ILoggingEvent> logEvents = new ListAppender<>();

  @BeforeEach
  void attachAppender() {
    logEvents.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(logEvents);
  }

  @AfterEach
  void detachAppender() {
    logger.detachAppender(logEvents);
    logger.setLevel(null);
  }

  @Test
  void response_after_the_listener_closed_is_dropped_and_logged_at_debug() throws Exception {
    var requestHandled = new CountDownLatch(1);
    var stored = new CompletableFuture<Response>();
    HttpRoute late =
        HttpRoute.asyncPost(
            "/late",
            KeyListAuthorizer.ANY_KEY,
            (_, eventLoop) -> {
              requestHandled.countDown();
              return stored.thenApplyAsync(response -> response, eventLoop);
            });
    var server =
        new LoopbackServer(
            LoopbackServer.application(List.of(late), "k"), HttpLimits.withDefaults(1_000));
    server.start();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
      requestHandled.await();
      server.close();
      stored.complete(Response.noContent());
    }
    assertThat(logEvents.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
  }
}
