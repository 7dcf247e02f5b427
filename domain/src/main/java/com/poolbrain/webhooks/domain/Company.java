package com.poolbrain.webhooks.domain;

/// A pool service company, under the caller's own integer id.
///
/// @param id from 1 to 2^53 − 1
/// @param webhooksEnabled the "Use Webhooks" toggle; off for a new company
public record Company(long id, String name, boolean webhooksEnabled) {

  /// The largest id: what every JSON reader can hold without loss.
  public static final long MAX_ID = (1L << 53) - 1;
}
