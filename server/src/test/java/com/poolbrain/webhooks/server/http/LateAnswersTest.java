package com.poolbrain.webhooks.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Answers that come when the listener has closed.
class LateAnswersTest {

  private static final String REQUEST =
      "POST /late HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k\r\nContent-Length: 0\r\n\r\n";

  private final Logger logger =
      (Logger) LoggerFactory.getLogger(LateAnswersTest.class.getPackageName());
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void areForNobodyAndNoFault() throws Exception {
    var asked = new CountDownLatch(1);
    var stored = new CompletableFuture<Response>();
    Route late =
        Route.promptPost(
            "/late",
            Scope.PUBLISH,
            (_, loop) -> {
              asked.countDown();
              return stored.thenApplyAsync(response -> response, loop);
            });
    var caller = new Caller("1", "any", Set.of(Scope.OPERATOR, Scope.PUBLISH), null);
    var server = new LoopbackServer(_ -> caller, List.of(late), HttpLimits.DEFAULT);
    server.start();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
      asked.await();
      server.close();
      stored.complete(Response.noContent());
    }
    assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
  }
}
