package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.management.Principal;
import org.jspecify.annotations.Nullable;

/// Knows API keys.
@FunctionalInterface
public interface ApiKeyLookup {

  /// Who holds this key; null if nobody does. May block.
  ///
  /// @throws com.poolbrain.webhooks.engine.LedgerException.Away if it can't be found out now
  @Nullable Principal find(String key);
}
