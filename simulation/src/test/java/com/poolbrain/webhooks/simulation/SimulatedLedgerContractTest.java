package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.contracts.ledger.LedgerContract;
import com.poolbrain.webhooks.contracts.ledger.LedgerWorld;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Ledger;
import java.time.Duration;
import java.time.InstantSource;

/// The contract, kept by the ledger of simulated worlds.
final class SimulatedLedgerContractTest extends LedgerContract {

  @Override
  protected LedgerWorld world() {
    return new SimulatedWorld(new SimulatedLedger(InstantSource.system()));
  }

  private record SimulatedWorld(SimulatedLedger simulated) implements LedgerWorld {

    @Override
    public Ledger ledger() {
      return simulated;
    }

    @Override
    public void given(Subscriptions subscriptions) {
      simulated.configure(subscriptions);
    }

    @Override
    public void age(Duration by) {
      simulated.age(by);
    }

    @Override
    public void close() {
      // It lives in memory alone.
    }
  }
}
