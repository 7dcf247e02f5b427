package com.poolbrain.webhooks.domain.job;

import com.poolbrain.webhooks.domain.WireNamed;

/// What a background job does.
public enum JobKind implements WireNamed {
  /// Delivers again what failed permanently at an endpoint.
  RECOVER,
  /// Delivers to an endpoint what was never sent to it.
  REPLAY_MISSING,
  /// Removes the content about one customer of a company.
  ERASE,
  /// Removes a company with everything that belongs to it.
  DELETE_COMPANY,
  /// Encrypts all stored secrets anew with the present master key.
  ROTATE_KEYS;

  /// The kind with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no kind has this name
  public static JobKind fromWireName(String wireName) {
    return WireNamed.find(JobKind.class, "job kind", wireName);
  }
}
