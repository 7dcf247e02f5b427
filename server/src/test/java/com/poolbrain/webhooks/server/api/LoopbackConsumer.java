package com.poolbrain.webhooks.server.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A consumer on the loopback address that keeps what arrives and answers as it is told.
final class LoopbackConsumer implements AutoCloseable {

  private final HttpServer server;
  private final BlockingQueue<ReceivedRequest> received = new LinkedBlockingQueue<>();
  private volatile int status = 200;

  /// A request that arrived.
  record ReceivedRequest(String path, Headers headers, String body) {}

  LoopbackConsumer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handleExchange);
    server.start();
  }

  private void handleExchange(HttpExchange exchange) throws IOException {
    int currentStatus = status; // before the test hears of the request, and may change it
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new ReceivedRequest(
            exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
    byte[] responseBody = ("answered " + currentStatus).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(currentStatus, responseBody.length);
    exchange.getResponseBody().write(responseBody);
    exchange.close();
  }

  void respondWith(int newStatus) {
    status = newStatus;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  ReceivedRequest awaitRequest() {
    try {
      ReceivedRequest next = received.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing arrived within 30 s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
