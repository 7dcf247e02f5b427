package com.poolbrain.webhooks.bench.crash;

import static java.util.Objects.requireNonNull;

import com.poolbrain.webhooks.cli.listen.Identity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The consumers of all companies: an HTTPS server that notes every webhook in the books. It takes
/// up to a tenth of a second over each, and refuses one delivery in eight at its first attempt, so
/// that whenever something is killed there are attempts under way, results to record and retries to
/// come.
final class Mailbox implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int LONGEST_MILLIS = 100;
  private static final int REFUSED_ONE_IN = 8;
  private static final String PATH = "/companies/";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /// How many faults there were when each connection was made: while it is, whoever makes it lives.
  private final Map<InetSocketAddress, Integer> lives = new ConcurrentHashMap<>();

  private volatile Books books = new Books(List.of());

  Mailbox(Identity identity) throws IOException, GeneralSecurityException {
    server = HttpsServer.create();
    server.setHttpsConfigurator(
        new HttpsConfigurator(identity.tls()) {
          @Override
          public void configure(HttpsParameters connection) {
            super.configure(connection);
            lives.put(connection.getClientAddress(), books.faults());
          }
        });
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext(PATH, this::take);
    server.start();
  }

  /// Where a company's endpoint is.
  String url(long company) {
    return "https://localhost:" + server.getAddress().getPort() + PATH + company;
  }

  /// Notes what comes in these books from now on.
  void noteIn(Books next) {
    books = next;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      Webhook webhook =
          new Webhook(
              Long.parseLong(path.substring(PATH.length())),
              String.join(",", exchange.getRequestHeaders().get("X-Webhook-Signature")),
              exchange.getRequestHeaders().getFirst("X-Webhook-Event-Id"),
              body);
      int chance = Math.floorMod(webhook.eventId().hashCode(), LONGEST_MILLIS * REFUSED_ONE_IN);
      boolean taken = chance % REFUSED_ONE_IN != 0 || !refused.add(webhook.eventId());
      books.arrived(webhook, taken, requireNonNull(lives.get(exchange.getRemoteAddress())));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(chance / REFUSED_ONE_IN));
      exchange.sendResponseHeaders(taken ? 200 : 503, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
