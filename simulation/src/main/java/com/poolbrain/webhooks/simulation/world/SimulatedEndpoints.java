package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// All who receive, and all that they received. A URL says whose consumer it leads to:
/// `https://consumer.example/<endpoint id>/<anything>`.
public final class SimulatedEndpoints {

  /// Later than any attempt lasts.
  static final Duration NO_RESPONSE_DELAY = Duration.ofHours(1);

  private static final Outcome TIMEOUT = new Outcome.Failed(ErrorClass.RESPONSE_TIMEOUT);

  private final Map<UUID, Responder> responders = new HashMap<>();
  private final List<SentRequest> requests = new ArrayList<>();

  /// Somebody who receives.
  public interface Responder {
    Reply respond(SentRequest sentRequest);
  }

  public static URI url(UUID endpointId, String path) {
    return URI.create("https://consumer.example/" + endpointId + "/" + path);
  }

  static UUID endpointId(URI url) {
    return UUID.fromString(url.getPath().substring(1, 37));
  }

  /// From now on that one answers for the endpoint.
  public void setResponder(UUID endpointId, Responder responder) {
    responders.put(endpointId, responder);
  }

  Reply receive(SentRequest sentRequest) {
    requests.add(sentRequest);
    return responders
        .getOrDefault(sentRequest.endpointId(), _ -> connectRefused())
        .respond(sentRequest);
  }

  /// All requests in the order in which they were sent.
  public List<SentRequest> requests() {
    return requests;
  }

  /// Requests to one endpoint, in the order in which they were sent.
  public List<SentRequest> requestsTo(UUID endpointId) {
    return requests.stream()
        .filter(sentRequest -> sentRequest.endpointId().equals(endpointId))
        .toList();
  }

  public static Reply ok(Duration delay) {
    return new Reply(delay, new Outcome.Delivered(new EndpointResponse(200, "")), TIMEOUT);
  }

  public static Reply status(int status, Duration delay) {
    return new Reply(
        delay,
        new Outcome.Failed(
            ErrorClass.fromStatusCode(status), new EndpointResponse(status, ""), null),
        TIMEOUT);
  }

  public static Reply statusWithRetryAfter(int status, Duration retryAfter, Duration delay) {
    return new Reply(
        delay,
        new Outcome.Failed(
            ErrorClass.fromStatusCode(status), new EndpointResponse(status, ""), retryAfter),
        TIMEOUT);
  }

  public static Reply connectionReset(Duration delay) {
    return new Reply(delay, new Outcome.Failed(ErrorClass.CONNECTION_RESET), TIMEOUT);
  }

  public static Reply connectRefused() {
    return new Reply(Duration.ofMillis(1), new Outcome.Failed(ErrorClass.CONNECT_REFUSED), TIMEOUT);
  }

  public static Reply noResponse() {
    return new Reply(NO_RESPONSE_DELAY, TIMEOUT, TIMEOUT);
  }
}
