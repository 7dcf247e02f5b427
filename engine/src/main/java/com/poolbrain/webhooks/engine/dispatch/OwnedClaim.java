package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.engine.ledger.Claim;
import java.util.List;
import java.util.UUID;

/// A claim with the incarnation that owns it. When that incarnation has ended, another node may own
/// the delivery.
public record OwnedClaim(Claim claim, UUID incarnation) {

  /// Bytes that it takes while it is queued.
  long memoryBytes() {
    return memoryBytes(claim.event());
  }

  static long memoryBytes(Event event) {
    return event.data().length + (long) DispatchLimits.CLAIM_OVERHEAD_BYTES;
  }

  /// Claims that one incarnation owns.
  public static List<OwnedClaim> ofAll(List<Claim> claims, UUID incarnation) {
    return claims.stream().map(claim -> new OwnedClaim(claim, incarnation)).toList();
  }
}
