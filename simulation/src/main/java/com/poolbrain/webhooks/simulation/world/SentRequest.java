package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.simulation.scheduler.SimulatedProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request that a node sent.
public final class SentRequest {

  private static final int ID_START = "{\"id\":\"".length();
  private static final int ID_END = ID_START + 36;

  private final SimulatedProcess process;
  private final long sentAtNanos;
  private final WebhookRequest request;
  private final UUID deliveryId;
  private @Nullable Outcome outcome;
  private long endedAtNanos = Long.MAX_VALUE;

  /// @param process the sender
  /// @param sentAtNanos virtual nanoseconds
  SentRequest(SimulatedProcess process, long sentAtNanos, WebhookRequest request) {
    this.process = process;
    this.sentAtNanos = sentAtNanos;
    this.request = request;
    this.deliveryId =
        UUID.fromString(
            new String(request.body(), ID_START, ID_END - ID_START, StandardCharsets.US_ASCII));
  }

  public SimulatedProcess process() {
    return process;
  }

  public long sentAtNanos() {
    return sentAtNanos;
  }

  public WebhookRequest request() {
    return request;
  }

  /// The `id` of its envelope.
  public UUID deliveryId() {
    return deliveryId;
  }

  /// The endpoint that its URL names.
  public UUID endpointId() {
    return SimulatedEndpoints.endpointId(request.url());
  }

  /// When the attempt ended on its node, in virtual nanoseconds; the maximum if it never did.
  public long endedAtNanos() {
    return endedAtNanos;
  }

  /// The outcome on its node; null if the attempt never ended.
  public @Nullable Outcome outcome() {
    return outcome;
  }

  void complete(long completedAtNanos, Outcome result) {
    endedAtNanos = completedAtNanos;
    outcome = result;
  }

  /// The value of a header; empty if there is none.
  public String header(String name) {
    return request.headers().stream()
        .filter(header -> header.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /// How many of the requests were in flight at a time.
  public static int countInFlight(List<SentRequest> requests, long atNanos) {
    return (int)
        requests.stream()
            .filter(request -> request.sentAtNanos <= atNanos && request.endedAtNanos > atNanos)
            .count();
  }

  public String describe() {
    return "at %.4f %s sent %s"
        .formatted(sentAtNanos / 1e9, process.name(), TraceFormat.shortId(deliveryId));
  }
}
