package com.poolbrain.webhooks.store.log;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which deliveries of a company somebody wants to see; what is null does not matter.
///
/// @param event the name under which the endpoint gets the event
/// @param from accepted then or later
/// @param to accepted then or earlier
/// @param search id of a delivery or an event, or what the event refers to: a customer id, a job
///   id, a job number
public record DeliveryFilter(
    long companyId,
    @Nullable DeliveryStatus status,
    @Nullable String event,
    @Nullable UUID endpointId,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String search) {

  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final UUID AFTER_ALL = new UUID(-1, -1);

  /// All deliveries of a company.
  public static DeliveryFilter all(long companyId) {
    return new DeliveryFilter(companyId, null, null, null, null, null, null);
  }

  /// The least id that `from` allows.
  UUID first() {
    return from == null ? BEFORE_ALL : UuidV7.floor(from);
  }

  /// The least id that `to` no longer allows: ids tell milliseconds, and that of `to` is allowed.
  UUID end() {
    return to == null ? AFTER_ALL : UuidV7.floor(to.plus(Duration.ofMillis(1)));
  }

  boolean accepts(LoggedDelivery delivery) {
    return (status == null || status == delivery.status())
        && (event == null || event.equals(delivery.event()))
        && (endpointId == null || endpointId.equals(delivery.endpointId()))
        && IdOrder.compare(delivery.id(), first()) >= 0
        && IdOrder.compare(delivery.id(), end()) < 0;
  }
}
