package com.poolbrain.webhooks.testkit.service;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Endpoint of all audited companies: records each webhook in a [DeliveryAudit].
public final class RecordingEndpoint implements AutoCloseable {

  private static final int MAX_DELAY_MILLIS = 100;
  private static final int REJECT_ONE_IN = 8;

  private final boolean flaky;
  private final CompletableFuture<DeliveryAudit> audit = new CompletableFuture<>();
  private final Set<String> rejectedOnce = ConcurrentHashMap.newKeySet();
  private final HttpsReceiver receiver = HttpsReceiver.scripted(this::serve);

  private RecordingEndpoint(boolean flaky) {
    this.flaky = flaky;
  }

  /// An endpoint that accepts every webhook at once.
  public static RecordingEndpoint accepting() {
    return new RecordingEndpoint(false);
  }

  /// An endpoint that responds after up to 100 ms and rejects one delivery in eight at its first
  /// attempt. At any time there are attempts in flight, results to record, and retries to come.
  public static RecordingEndpoint slowAndFlaky() {
    return new RecordingEndpoint(true);
  }

  /// The URL of a company's endpoint.
  public URI url(long companyId) {
    return receiver.url("/companies/" + companyId);
  }

  /// Sets the audit. Webhooks wait for it.
  public void recordIn(DeliveryAudit deliveryAudit) {
    audit.complete(deliveryAudit);
  }

  private void serve(ScriptedConnection connection) throws IOException {
    // The node that made this connection was started after this many faults.
    int incarnation = audit.join().faultCount();
    while (true) {
      ReceivedRequest request = connection.readRequest();
      String eventId = request.eventId();
      int chance = Math.floorMod(eventId.hashCode(), MAX_DELAY_MILLIS * REJECT_ONE_IN);
      boolean isAccepted = !flaky || chance % REJECT_ONE_IN != 0 || !rejectedOnce.add(eventId);
      audit
          .join()
          .recordArrival(
              new AuditedWebhook(
                  Long.parseLong(request.path().replaceAll("\\D", "")),
                  request.header("X-Webhook-Signature"),
                  eventId,
                  request.body()),
              isAccepted,
              incarnation);
      if (flaky) {
        connection.delay(Duration.ofMillis(chance / REJECT_ONE_IN));
      }
      connection.respond(isAccepted ? 200 : 503, "");
    }
  }

  @Override
  public void close() {
    receiver.close();
  }
}
