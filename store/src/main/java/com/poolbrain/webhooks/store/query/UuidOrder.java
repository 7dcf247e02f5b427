package com.poolbrain.webhooks.store.query;

import java.util.UUID;

/// The order of ids in the database, which is that of their unsigned bytes.
final class UuidOrder {

  private UuidOrder() {}

  static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  static UUID min(UUID a, UUID b) {
    return compare(a, b) <= 0 ? a : b;
  }

  static UUID max(UUID a, UUID b) {
    return compare(a, b) >= 0 ? a : b;
  }
}
