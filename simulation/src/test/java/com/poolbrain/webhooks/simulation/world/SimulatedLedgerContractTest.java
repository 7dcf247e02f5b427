package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.testkit.ledger.LedgerContract;
import com.poolbrain.webhooks.testkit.ledger.LedgerHarness;
import java.time.Duration;
import java.time.InstantSource;

/// The ledger contract for [SimulatedLedger].
final class SimulatedLedgerContractTest extends LedgerContract {

  @Override
  protected LedgerHarness newHarness() {
    return new SimulatedHarness(new SimulatedLedger(InstantSource.system(), System::nanoTime));
  }

  private record SimulatedHarness(SimulatedLedger simulatedLedger) implements LedgerHarness {

    @Override
    public Ledger ledger() {
      return simulatedLedger;
    }

    @Override
    public void configure(CompanyConfig companyConfig) {
      simulatedLedger.configure(companyConfig);
    }

    @Override
    public void ageIdempotencyKeys(Duration by) {
      simulatedLedger.age(by);
    }

    @Override
    public void close() {
      // Everything is in memory.
    }
  }
}
