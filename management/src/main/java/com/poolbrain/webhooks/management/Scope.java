package com.poolbrain.webhooks.management;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an API key is allowed to do.
public enum Scope {
  /// Publish events.
  PUBLISH,
  /// Look at everything but secrets.
  READ,
  /// Change companies and endpoints, reveal secrets, send again. Whoever may change may look.
  MANAGE,
  /// Everything, for all companies.
  OPERATOR;

  /// The word as the API and people read it.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scope that a [#wireName()] names; null if none does.
  public static @Nullable Scope fromWireName(String wireName) {
    for (Scope scope : values()) {
      if (scope.wireName().equals(wireName)) {
        return scope;
      }
    }
    return null;
  }

  boolean includes(Scope required) {
    return this == required || this == OPERATOR || (this == MANAGE && required == READ);
  }
}
