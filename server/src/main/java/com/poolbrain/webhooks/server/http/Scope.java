package com.poolbrain.webhooks.server.http;

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
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scope that a [#word()] names; null if none does.
  public static @Nullable Scope of(String word) {
    for (Scope scope : values()) {
      if (scope.word().equals(word)) {
        return scope;
      }
    }
    return null;
  }

  boolean includes(Scope needed) {
    return this == needed || this == OPERATOR || (this == MANAGE && needed == READ);
  }
}
