package com.poolbrain.webhooks.testkit.ledger;

import org.junit.jupiter.api.Nested;

/// Contract suite of [com.poolbrain.webhooks.engine.ledger.Ledger].
///
/// ```java
/// class MyLedgerTest extends LedgerContract {
///   @Override
///   protected LedgerHarness harness() {
///     return new MyHarness();
///   }
/// }
/// ```
public abstract class LedgerContract {

  /// A new harness with an empty ledger.
  protected abstract LedgerHarness newHarness();

  @Nested
  class NodeLeases extends NodeLeaseContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class StoringEvents extends StoreContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class ClaimingDeliveries extends ClaimContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class RecordingResults extends ResultContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class RecordingManualResults extends ManualResultContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class RecordingLateResults extends LateResultContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class SkippingDeliveries extends SkipContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class ManualCalls extends ManualOperationsContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class ConcurrentCalls extends ConcurrencyContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }

  @Nested
  class AgainstReferenceModel extends ReferenceModelContract {
    @Override
    LedgerHarness harness() {
      return LedgerContract.this.newHarness();
    }
  }
}
