package com.poolbrain.webhooks.management;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A permission of an API key.
public enum Scope {
  /// Publish events and read event types.
  PUBLISH,
  /// Read everything but secrets.
  READ,
  /// Change companies and endpoints, reveal secrets, redeliver. Includes [#READ].
  MANAGE,
  /// Everything. Includes all other scopes.
  OPERATOR;

  /// The name in the API.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scope of a [#wireName()]; null if there is none.
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
