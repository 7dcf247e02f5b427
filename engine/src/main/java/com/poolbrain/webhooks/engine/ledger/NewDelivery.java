package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery that is stored together with its event.
///
/// @param id UUIDv7: the `id` of the envelope
/// @param eventName under which the endpoint gets the event
/// @param owned whether the accepting node owns it from the start; else it waits to be claimed. The
///   planner asks for it, the dispatcher grants it to those that find room in a queue
/// @param skipReason why it is skipped at once; null if it is open
public record NewDelivery(
    UUID id,
    Event event,
    UUID endpointId,
    String eventName,
    Trigger trigger,
    boolean owned,
    @Nullable SkipReason skipReason) {

  /// This delivery, owned from the start or not.
  public NewDelivery withOwned(boolean isOwned) {
    return isOwned == owned
        ? this
        : new NewDelivery(id, event, endpointId, eventName, trigger, isOwned, skipReason);
  }

  /// The claim that the owner holds once the delivery is stored.
  public Claim toClaim() {
    return new Claim(id, event, endpointId, eventName, trigger, 0, 0, UuidV7.instantOf(event.id()));
  }
}
