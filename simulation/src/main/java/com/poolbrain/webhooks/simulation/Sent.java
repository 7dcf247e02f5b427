package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request that left a node.
final class Sent {

  private static final int ID_FROM = "{\"id\":\"".length();
  private static final int ID_TO = ID_FROM + 36;

  private final Crew node;
  private final long at;
  private final Request request;
  private final UUID delivery;
  private @Nullable Outcome outcome;
  private long ended = Long.MAX_VALUE;

  /// @param node whose threads sent it
  /// @param at virtual nanoseconds
  Sent(Crew node, long at, Request request) {
    this.node = node;
    this.at = at;
    this.request = request;
    this.delivery =
        UUID.fromString(
            new String(request.body(), ID_FROM, ID_TO - ID_FROM, StandardCharsets.US_ASCII));
  }

  Crew node() {
    return node;
  }

  long at() {
    return at;
  }

  Request request() {
    return request;
  }

  /// The `id` of its envelope.
  UUID delivery() {
    return delivery;
  }

  /// The endpoint whose consumer it went to.
  UUID endpoint() {
    return Consumers.endpoint(request.url());
  }

  /// When its node learned what came of it; far ahead if it never did.
  long ended() {
    return ended;
  }

  /// What its node learned; null if nothing.
  @Nullable Outcome outcome() {
    return outcome;
  }

  void end(long when, Outcome what) {
    ended = when;
    outcome = what;
  }

  /// Its headers of that name: its value, or an empty text.
  String header(String name) {
    return request.headers().stream()
        .filter(header -> header.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  String inWords() {
    return "at %.4f %s sent %s".formatted(at / 1e9, node.name(), Wording.shortly(delivery));
  }
}
