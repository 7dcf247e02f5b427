package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Instant;
import java.util.UUID;

/// An open delivery that this node owns: all that is needed to make its next attempt.
///
/// @param id of the delivery
/// @param name under which the endpoint gets the event
/// @param trigger of the attempt that is to be made
/// @param step automatic attempts made so far
/// @param attempts attempts on record so far
/// @param dueAt not before then
public record Claim(
    UUID id,
    Event event,
    UUID endpointId,
    String name,
    Trigger trigger,
    int step,
    int attempts,
    Instant dueAt) {

  /// The same, for an attempt that somebody asked for.
  Claim byHand() {
    return new Claim(id, event, endpointId, name, Trigger.MANUAL, step, attempts, dueAt);
  }
}
