package com.poolbrain.webhooks.testkit.ledger;

import com.poolbrain.webhooks.engine.ledger.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Part of the ledger contract, with a new harness for each test.
abstract class LedgerContractPart {

  LedgerHarness harness;
  LedgerFixture fixture;
  Ledger ledger;

  abstract LedgerHarness harness();

  @BeforeEach
  void setUp() {
    harness = harness();
    fixture = new LedgerFixture(harness, 1);
    ledger = harness.ledger();
  }

  @AfterEach
  void tearDown() {
    harness.close();
  }
}
