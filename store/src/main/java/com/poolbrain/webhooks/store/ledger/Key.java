package com.poolbrain.webhooks.store.ledger;

import java.util.Comparator;
import java.util.UUID;

/// What a delivery is found and locked by.
record Key(long companyId, UUID id) {

  /// UUIDs as PostgreSQL orders them; [UUID#compareTo] compares signed halves.
  static final Comparator<UUID> UUIDS =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  /// The order in which every statement locks and writes the rows of deliveries, so that no two
  /// wait for each other: that of the primary keys.
  static final Comparator<Key> LOCK_ORDER =
      Comparator.comparingLong(Key::companyId).thenComparing(Key::id, UUIDS);
}
