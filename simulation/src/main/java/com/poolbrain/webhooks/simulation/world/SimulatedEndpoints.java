package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.Endpoint;
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

/// The endpoints of all companies, and all requests to them. A URL contains the id of its endpoint:
/// `https://consumer.example/<endpoint id>/<path>`.
public final class SimulatedEndpoints {

  /// Longer than any attempt.
  static final Duration NO_RESPONSE_DELAY = Duration.ofHours(1);

  private static final Outcome TIMEOUT = new Outcome.Failed(ErrorClass.RESPONSE_TIMEOUT);

  private final Map<UUID, Responder> responders = new HashMap<>();
  private final List<SentRequest> requests = new ArrayList<>();

  /// Decides the reply to each request.
  public interface Responder {
    Reply respond(SentRequest request);
  }

  public static URI url(UUID endpointId, String path) {
    return URI.create("https://consumer.example/" + endpointId + "/" + path);
  }

  /// An active endpoint with default options. Its URL leads to its responder.
  public static Endpoint newEndpoint(UUID id, long companyId, List<String> subscribedEvents) {
    return Endpoint.create(
        id, companyId, url(id, "1"), subscribedEvents, "whsec_" + id, SimulatedDatabaseClock.START);
  }

  static UUID endpointId(URI url) {
    return UUID.fromString(url.getPath().substring(1, 37));
  }

  /// Sets or replaces the responder of an endpoint.
  public void setResponder(UUID endpointId, Responder responder) {
    responders.put(endpointId, responder);
  }

  Reply receive(SentRequest request) {
    requests.add(request);
    return responders.getOrDefault(request.endpointId(), _ -> connectRefused()).respond(request);
  }

  /// All requests, in the order of sending.
  public List<SentRequest> requests() {
    return requests;
  }

  /// The requests to one endpoint, in the order of sending.
  public List<SentRequest> requestsTo(UUID endpointId) {
    return requests.stream().filter(request -> request.endpointId().equals(endpointId)).toList();
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
