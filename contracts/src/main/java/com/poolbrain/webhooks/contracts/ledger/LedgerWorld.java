package com.poolbrain.webhooks.contracts.ledger;

import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Ledger;
import java.time.Duration;

/// An empty ledger that is to be examined, and what it depends on.
public interface LedgerWorld extends AutoCloseable {

  /// The ledger that is examined.
  Ledger ledger();

  /// Configures a company, whole, instead of what it was: one change of the configuration.
  void given(Subscriptions subscriptions);

  /// Makes everything that is remembered of publishes that much older.
  void age(Duration by);

  @Override
  void close();
}
