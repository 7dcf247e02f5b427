package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery that is being made together with its event.
///
/// @param id UUIDv7: the `id` of the envelope
/// @param eventName under which the endpoint gets the event
/// @param owned whether the accepting node owns it from birth; else it waits to be claimed
/// @param skipReason why it ends at once, unsent; null if it is open
public record NewDelivery(
    UUID id,
    Event event,
    UUID endpointId,
    String eventName,
    Trigger trigger,
    boolean owned,
    @Nullable SkipReason skipReason) {

  /// The same, owned from birth.
  public NewDelivery asOwned() {
    return new NewDelivery(id, event, endpointId, eventName, trigger, true, skipReason);
  }

  /// The claim that its owner has on it once it is stored.
  public Claim toClaim() {
    return new Claim(id, event, endpointId, eventName, trigger, 0, 0, UuidV7.instantOf(event.id()));
  }
}
