package com.poolbrain.webhooks.domain.session;

import com.poolbrain.webhooks.domain.WireNamed;

/// What the user of a session may do.
public enum Role implements WireNamed {
  /// Read everything of a company but secrets and the audit.
  VIEWER,
  /// Read and change everything of a company.
  MANAGER,
  /// Use the support console.
  OPERATOR;

  /// The role with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no role has this name
  public static Role fromWireName(String wireName) {
    return WireNamed.find(Role.class, "role", wireName);
  }
}
