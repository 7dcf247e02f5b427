package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.Claim;
import java.util.List;
import java.util.UUID;

/// A claim with the life of this node that owns it. When that life has ended, the claim is worth
/// nothing: others may hold it by now.
public record OwnedClaim(Claim claim, UUID incarnation) {

  /// Bytes that it takes while it waits.
  long memoryBytes() {
    return memoryBytes(claim.event().data().length);
  }

  static long memoryBytes(int dataBytes) {
    return dataBytes + (long) DispatchLimits.CLAIM_OVERHEAD_BYTES;
  }

  public static List<OwnedClaim> ofAll(List<Claim> claims, UUID incarnation) {
    return claims.stream().map(claim -> new OwnedClaim(claim, incarnation)).toList();
  }
}
