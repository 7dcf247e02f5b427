package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.UuidV7;
import java.util.Comparator;
import java.util.UUID;

/// What a delivery is found and locked by.
public record DeliveryKey(long companyId, UUID id) {

  /// The order in which every statement locks and writes the rows of deliveries, so that no two
  /// wait for each other: that of the primary keys.
  static final Comparator<DeliveryKey> LOCK_ORDER =
      Comparator.comparingLong(DeliveryKey::companyId).thenComparing(DeliveryKey::id, UuidV7.ORDER);
}
