package com.poolbrain.webhooks.store.ledger;

import java.util.Comparator;
import java.util.UUID;

/// What a delivery is found and locked by.
public record DeliveryKey(long companyId, UUID id) {

  /// UUIDs as PostgreSQL orders them; [UUID#compareTo] compares signed halves.
  public static final Comparator<UUID> UUID_ORDER =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  /// The order in which every statement locks and writes the rows of deliveries, so that no two
  /// wait for each other: that of the primary keys.
  static final Comparator<DeliveryKey> LOCK_ORDER =
      Comparator.comparingLong(DeliveryKey::companyId).thenComparing(DeliveryKey::id, UUID_ORDER);
}
