package com.poolbrain.webhooks.store.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of deliveries, newest first. A page may be empty although further pages follow, because
/// the number of rows scanned for one page is limited.
///
/// @param nextCursor the start of the next page; null if this is the last page
public record DeliveryPage(List<LoggedDelivery> deliveries, @Nullable Cursor nextCursor) {

  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }
}
