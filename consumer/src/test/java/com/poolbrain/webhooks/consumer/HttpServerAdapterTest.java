package com.poolbrain.webhooks.consumer;

import com.poolbrain.webhooks.consumer.httpserver.WebhookHttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class HttpServerAdapterTest implements AdapterContract {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @Override
  public URI start(WebhookReceiver receiver) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/webhooks", new WebhookHttpHandler(receiver));
    server.setExecutor(threads);
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }
}
