package com.poolbrain.webhooks.server.http;

import org.jspecify.annotations.Nullable;

/// Knows API keys.
@FunctionalInterface
public interface Keys {

  /// Who holds this key; null if nobody does. May block.
  ///
  /// @throws com.poolbrain.webhooks.engine.LedgerException.Away if it can't be found out now
  @Nullable Caller find(String key);
}
