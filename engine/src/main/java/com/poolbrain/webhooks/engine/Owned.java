package com.poolbrain.webhooks.engine;

import java.util.List;
import java.util.UUID;

/// A claim with the life of this node that owns it. When that life has ended, the claim is worth
/// nothing: others may hold it by now.
record Owned(Claim claim, UUID owner) {

  /// Bytes that it takes while it waits.
  long weight() {
    return weight(claim.event().data().length);
  }

  static long weight(int dataBytes) {
    return dataBytes + (long) Capacity.CLAIM_OVERHEAD;
  }

  static List<Owned> all(List<Claim> claims, UUID owner) {
    return claims.stream().map(claim -> new Owned(claim, owner)).toList();
  }
}
