package com.poolbrain.webhooks.bench.crash;

import static java.util.Objects.requireNonNull;

import com.poolbrain.webhooks.cli.listen.ServerCertificate;
import com.poolbrain.webhooks.testkit.service.AuditedWebhook;
import com.poolbrain.webhooks.testkit.service.DeliveryAudit;
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
final class RecordingEndpoint implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int MAX_DELAY_MILLIS = 100;
  private static final int REJECT_ONE_IN = 8;
  private static final String PATH = "/companies/";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> rejectedOnce = ConcurrentHashMap.newKeySet();

  /// How many faults there were when each connection was made: while it is, whoever makes it lives.
  private final Map<InetSocketAddress, Integer> incarnationByClient = new ConcurrentHashMap<>();

  private volatile DeliveryAudit deliveryAudit = new DeliveryAudit(List.of());

  RecordingEndpoint(ServerCertificate serverCertificate)
      throws IOException, GeneralSecurityException {
    server = HttpsServer.create();
    server.setHttpsConfigurator(
        new HttpsConfigurator(serverCertificate.sslContext()) {
          @Override
          public void configure(HttpsParameters connection) {
            super.configure(connection);
            incarnationByClient.put(connection.getClientAddress(), deliveryAudit.faultCount());
          }
        });
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext(PATH, this::handle);
    server.start();
  }

  /// Where a company's endpoint is.
  String url(long company) {
    return "https://localhost:" + server.getAddress().getPort() + PATH + company;
  }

  /// Notes what comes in these books from now on.
  void recordIn(DeliveryAudit nextAudit) {
    deliveryAudit = nextAudit;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      AuditedWebhook auditedWebhook =
          new AuditedWebhook(
              Long.parseLong(path.substring(PATH.length())),
              String.join(",", exchange.getRequestHeaders().get("X-Webhook-Signature")),
              exchange.getRequestHeaders().getFirst("X-Webhook-Event-Id"),
              body);
      int chance =
          Math.floorMod(auditedWebhook.eventId().hashCode(), MAX_DELAY_MILLIS * REJECT_ONE_IN);
      boolean isAccepted =
          chance % REJECT_ONE_IN != 0 || !rejectedOnce.add(auditedWebhook.eventId());
      deliveryAudit.recordArrival(
          auditedWebhook,
          isAccepted,
          requireNonNull(incarnationByClient.get(exchange.getRemoteAddress())));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(chance / REJECT_ONE_IN));
      exchange.sendResponseHeaders(isAccepted ? 200 : 503, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
