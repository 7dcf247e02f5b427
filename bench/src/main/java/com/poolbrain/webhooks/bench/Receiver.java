package com.poolbrain.webhooks.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/// Where deliveries arrive: answers 200 and notes when. Paths that begin with `/hang`, `/drip` or
/// `/reset` get what they say.
final class Receiver implements AutoCloseable {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final Vertx vertx;
  private final NetServer server;
  private final Marks marks;
  private final AtomicReference<Tally> tally;

  Receiver(Vertx vertx, PemKeyCertOptions certificate, Marks marks, Tally tally) {
    this.vertx = vertx;
    this.marks = marks;
    this.tally = new AtomicReference<>(tally);
    NetServerOptions options =
        new NetServerOptions().setHost("127.0.0.1").setPort(0).setTcpNoDelay(true);
    options.setSsl(true).setKeyCertOptions(certificate);
    server = vertx.createNetServer(options).connectHandler(this::connected);
    server.listen().await();
  }

  int port() {
    return server.actualPort();
  }

  /// Counts for another run from now on.
  void count(Tally next) {
    tally.set(next);
  }

  private void connected(NetSocket socket) {
    Buffer ok = Buffer.buffer(OK);
    socket.exceptionHandler(_ -> socket.close());
    socket.handler(
        new HttpFrames((bytes, start, body, end) -> {
          switch (bytes[start + 6]) {
            case 'h' -> {}
            case 'd' -> drip(socket);
            case 'r' -> socket.close();
            default -> {
              long now = System.nanoTime();
              Tally counted = tally.get();
              int number = marks.find(bytes, body, end);
              if (number >= 0) {
                counted.received(number, now);
              }
              socket.write(ok);
            }
          }
        }));
  }

  private void drip(NetSocket socket) {
    byte[] slow = "HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
    int[] sent = {0};
    long timer =
        vertx.setPeriodic(
            500,
            _ -> {
              socket.write(Buffer.buffer(new byte[] {slow[Math.min(sent[0]++, slow.length - 1)]}));
            });
    socket.closeHandler(_ -> vertx.cancelTimer(timer));
  }

  @Override
  public void close() {
    server.close().await();
  }
}
