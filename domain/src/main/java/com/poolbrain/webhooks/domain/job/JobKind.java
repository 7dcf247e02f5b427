package com.poolbrain.webhooks.domain.job;

import com.poolbrain.webhooks.domain.WireNamed;

/// What a background job does.
public enum JobKind implements WireNamed {
  /// Encrypts all stored secrets anew with the present master key.
  ROTATE_KEYS;

  /// The kind with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no kind has this name
  public static JobKind fromWireName(String wireName) {
    return WireNamed.find(JobKind.class, "job kind", wireName);
  }
}
