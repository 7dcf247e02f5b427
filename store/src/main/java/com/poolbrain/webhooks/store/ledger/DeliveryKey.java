package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.UuidV7;
import java.util.Comparator;
import java.util.UUID;

/// The primary key of a delivery.
record DeliveryKey(long companyId, UUID id) {

  /// The order of the primary keys. Every statement locks and writes rows in this order, so that
  /// concurrent statements can't deadlock.
  static final Comparator<DeliveryKey> LOCK_ORDER =
      Comparator.comparingLong(DeliveryKey::companyId).thenComparing(DeliveryKey::id, UuidV7.ORDER);
}
