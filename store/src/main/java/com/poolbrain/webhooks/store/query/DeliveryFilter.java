package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A filter of the deliveries of one company. Null means no restriction.
///
/// @param eventNames names under which endpoints may have subscribed: all those of one event type
/// @param from the earliest time of acceptance
/// @param to the latest time of acceptance
/// @param searchText the id of a delivery or an event, or a search reference of the event: a
///   customer id, a job id, a job number
/// @param result of the last attempt
/// @param trigger of the last attempt; see [LoggedDelivery#trigger]
/// @param isGrouped whether the event has more than one item
public record DeliveryFilter(
    long companyId,
    @Nullable DeliveryStatus status,
    @Nullable List<String> eventNames,
    @Nullable UUID endpointId,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String searchText,
    @Nullable ResultFilter result,
    @Nullable Trigger trigger,
    @Nullable Boolean isGrouped) {

  public DeliveryFilter {
    eventNames = eventNames == null ? null : List.copyOf(eventNames);
  }

  private static final UUID MIN_ID = new UUID(0, 0);
  private static final UUID MAX_ID = new UUID(-1, -1);

  /// All deliveries of a company.
  public static DeliveryFilter ofCompany(long companyId) {
    return new DeliveryFilter(companyId, null, null, null, null, null, null, null, null, null);
  }

  /// The least id that `from` allows.
  UUID minId() {
    return from == null ? MIN_ID : UuidV7.lowerBound(from);
  }

  /// The least id that `to` excludes: that of the next millisecond.
  UUID maxIdExclusive() {
    return to == null ? MAX_ID : UuidV7.lowerBound(to.plus(Duration.ofMillis(1)));
  }

  /// Whether a delivery matches everything but `searchText`.
  public boolean matches(LoggedDelivery delivery) {
    return (status == null || status == delivery.status())
        && (eventNames == null || eventNames.contains(delivery.eventName()))
        && (result == null || result.matches(delivery.lastAttempt()))
        && (trigger == null || trigger == delivery.trigger())
        && (isGrouped == null || isGrouped == delivery.items() > 1)
        && (endpointId == null || endpointId.equals(delivery.endpointId()))
        && UuidV7.ORDER.compare(delivery.id(), minId()) >= 0
        && UuidV7.ORDER.compare(delivery.id(), maxIdExclusive()) < 0;
  }
}
