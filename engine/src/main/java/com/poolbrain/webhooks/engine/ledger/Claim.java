package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An open delivery that this node owns, with everything that its next attempt needs.
///
/// @param id of the delivery
/// @param eventName under which the endpoint gets the event
/// @param trigger of the next attempt
/// @param scheduleStep automatic attempts made so far
/// @param attempts attempts on record so far
/// @param dueAt earliest start of the next attempt
/// @param isBackground whether a background job made it: it comes after all others of its endpoint
/// @param actor caller who asked for the next attempt; null if it is automatic, or the node that
///   was asked is gone
public record Claim(
    UUID id,
    Event event,
    UUID endpointId,
    String eventName,
    Trigger trigger,
    int scheduleStep,
    int attempts,
    Instant dueAt,
    boolean isBackground,
    @Nullable String actor) {

  /// A claim without an actor, not of a background job.
  public Claim(
      UUID id,
      Event event,
      UUID endpointId,
      String eventName,
      Trigger trigger,
      int scheduleStep,
      int attempts,
      Instant dueAt) {
    this(id, event, endpointId, eventName, trigger, scheduleStep, attempts, dueAt, false);
  }

  /// A claim without an actor.
  public Claim(
      UUID id,
      Event event,
      UUID endpointId,
      String eventName,
      Trigger trigger,
      int scheduleStep,
      int attempts,
      Instant dueAt,
      boolean isBackground) {
    this(
        id,
        event,
        endpointId,
        eventName,
        trigger,
        scheduleStep,
        attempts,
        dueAt,
        isBackground,
        null);
  }

  /// This claim for a manual attempt.
  public Claim asManual() {
    return new Claim(
        id,
        event,
        endpointId,
        eventName,
        Trigger.MANUAL,
        scheduleStep,
        attempts,
        dueAt,
        isBackground,
        actor);
  }

  /// This claim for an attempt that a caller asked for.
  public Claim requestedBy(String newActor) {
    return new Claim(
        id,
        event,
        endpointId,
        eventName,
        trigger,
        scheduleStep,
        attempts,
        dueAt,
        isBackground,
        newActor);
  }
}
