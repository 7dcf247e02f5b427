package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery that is being made together with its event.
///
/// @param id UUIDv7: the `id` of the envelope
/// @param name under which the endpoint gets the event
/// @param owned whether the accepting node owns it from birth; else it waits to be claimed
/// @param skip why it ends at once, unsent; null if it is open
public record NewDelivery(
    UUID id,
    Event event,
    UUID endpointId,
    String name,
    Trigger trigger,
    boolean owned,
    @Nullable SkipReason skip) {

  /// The same, owned from birth.
  NewDelivery asOwned() {
    return new NewDelivery(id, event, endpointId, name, trigger, true, skip);
  }

  /// The claim that its owner has on it once it is stored.
  Claim claim() {
    return new Claim(id, event, endpointId, name, trigger, 0, 0, UuidV7.time(event.id()));
  }
}
