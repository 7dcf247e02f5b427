package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// All who receive, and all that they received. A URL says whose consumer it leads to:
/// `https://consumer.example/<endpoint id>/<anything>`.
final class Consumers {

  /// Later than any attempt lasts.
  static final Duration NEVER = Duration.ofHours(1);

  private static final Outcome TIMEOUT = new Outcome.Failed(ErrorClass.RESPONSE_TIMEOUT);

  private final Map<UUID, Consumer> consumers = new HashMap<>();
  private final List<Sent> received = new ArrayList<>();

  /// Somebody who receives.
  interface Consumer {
    Reply reply(Sent sent);
  }

  static URI url(UUID endpoint, String path) {
    return URI.create("https://consumer.example/" + endpoint + "/" + path);
  }

  static UUID endpoint(URI url) {
    return UUID.fromString(url.getPath().substring(1, 37));
  }

  /// From now on that one answers for the endpoint.
  void behave(UUID endpoint, Consumer consumer) {
    consumers.put(endpoint, consumer);
  }

  Reply receive(Sent sent) {
    received.add(sent);
    return consumers.getOrDefault(sent.endpoint(), _ -> refused()).reply(sent);
  }

  /// All requests in the order in which they were sent.
  List<Sent> received() {
    return received;
  }

  /// Requests to one endpoint, in the order in which they were sent.
  List<Sent> receivedBy(UUID endpoint) {
    return received.stream().filter(sent -> sent.endpoint().equals(endpoint)).toList();
  }

  static Reply ok(Duration after) {
    return new Reply(after, new Outcome.Delivered(new Answer(200, "")), TIMEOUT);
  }

  static Reply status(int status, Duration after) {
    return new Reply(
        after,
        new Outcome.Failed(ErrorClass.ofStatus(status), new Answer(status, ""), null),
        TIMEOUT);
  }

  static Reply later(int status, Duration askedFor, Duration after) {
    return new Reply(
        after,
        new Outcome.Failed(ErrorClass.ofStatus(status), new Answer(status, ""), askedFor),
        TIMEOUT);
  }

  static Reply reset(Duration after) {
    return new Reply(after, new Outcome.Failed(ErrorClass.CONNECTION_RESET), TIMEOUT);
  }

  static Reply refused() {
    return new Reply(Duration.ofMillis(1), new Outcome.Failed(ErrorClass.CONNECT_REFUSED), TIMEOUT);
  }

  static Reply hang() {
    return new Reply(NEVER, TIMEOUT, TIMEOUT);
  }
}
