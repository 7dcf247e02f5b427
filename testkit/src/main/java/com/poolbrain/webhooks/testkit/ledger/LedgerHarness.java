package com.poolbrain.webhooks.testkit.ledger;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import java.time.Duration;

/// Empty ledger under test, with its surroundings.
public interface LedgerHarness extends AutoCloseable {

  /// The ledger under test.
  Ledger ledger();

  /// Replaces the whole configuration of a company, as one change of the configuration version.
  void configure(CompanyConfig companyConfig);

  /// Ages every stored idempotency key by this duration.
  void ageIdempotencyKeys(Duration by);

  @Override
  void close();
}
