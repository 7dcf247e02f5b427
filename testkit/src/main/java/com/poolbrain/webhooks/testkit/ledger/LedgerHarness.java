package com.poolbrain.webhooks.testkit.ledger;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import java.time.Duration;

/// An empty ledger that is to be examined, and what it depends on.
public interface LedgerHarness extends AutoCloseable {

  /// The ledger that is examined.
  Ledger ledger();

  /// Configures a company, whole, instead of what it was: one change of the configuration.
  void configure(CompanyConfig companyConfig);

  /// Makes everything that is remembered of publishes that much older.
  void ageIdempotencyKeys(Duration by);

  @Override
  void close();
}
