package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Instant;
import java.util.UUID;

/// An open delivery that this node owns: all that is needed to make its next attempt.
///
/// @param id of the delivery
/// @param eventName under which the endpoint gets the event
/// @param trigger of the attempt that is to be made
/// @param scheduleStep automatic attempts made so far
/// @param attempts attempts on record so far
/// @param dueAt not before then
public record Claim(
    UUID id,
    Event event,
    UUID endpointId,
    String eventName,
    Trigger trigger,
    int scheduleStep,
    int attempts,
    Instant dueAt) {

  /// The same, for an attempt that somebody asked for.
  public Claim asManual() {
    return new Claim(
        id, event, endpointId, eventName, Trigger.MANUAL, scheduleStep, attempts, dueAt);
  }
}
