package com.poolbrain.webhooks.engine;

import java.util.List;
import java.util.UUID;

/// A claim with the life of this node that owns it. When that life has ended, the claim is worth
/// nothing: others may hold it by now.
record Owned(Claim claim, UUID owner) {

  static List<Owned> all(List<Claim> claims, UUID owner) {
    return claims.stream().map(claim -> new Owned(claim, owner)).toList();
  }
}
