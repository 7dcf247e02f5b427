package com.poolbrain.webhooks.domain;

/// A pool service company.
///
/// @param id id in the core application, from 1 to 2^53 − 1
/// @param webhooksEnabled the "Use Webhooks" setting; off for a new company
public record Company(long id, String name, boolean webhooksEnabled) {

  /// The smallest id.
  public static final long MIN_ID = 1;

  /// The largest id, which every JSON parser reads without loss.
  public static final long MAX_ID = (1L << 53) - 1;
}
