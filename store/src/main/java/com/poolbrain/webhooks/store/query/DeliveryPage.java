package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page of deliveries, newest first. A page may be empty although further pages follow, because
/// the number of rows scanned for one page is limited.
///
/// @param nextCursor the start of the next page; null if this is the last page
public record DeliveryPage(List<LoggedDelivery> deliveries, @Nullable Cursor nextCursor) {

  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }

  /// Down to which time of acceptance every match is on this page or an earlier one; null if this
  /// is the last page.
  public @Nullable Instant searchedBackTo() {
    if (nextCursor == null) {
      return null;
    }
    UUID eventId = nextCursor.eventId();
    return UuidV7.instantOf(eventId == null ? nextCursor.deliveryId() : eventId);
  }
}
