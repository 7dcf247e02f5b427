package com.poolbrain.webhooks.contracts.ledger;

import org.junit.jupiter.api.Nested;

/// What the engine may expect of every [com.poolbrain.webhooks.engine.Ledger].
///
/// ```java
/// class MyLedgerTest extends LedgerContract {
///   @Override
///   protected LedgerWorld world() {
///     return new MyWorld();
///   }
/// }
/// ```
public abstract class LedgerContract {

  /// A new, empty world for one test.
  protected abstract LedgerWorld world();

  @Nested
  class Nodes extends NodesTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class Storing extends StoringTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class Claiming extends ClaimingTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class Settling extends SettlingTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class SettlingManually extends SettlingManuallyTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class SettlingLate extends SettlingLateTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class Skipping extends SkippingTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class ByHand extends ByHandTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class Races extends RacesTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }

  @Nested
  class AsTheModel extends ModelTopic {
    @Override
    LedgerWorld world() {
      return LedgerContract.this.world();
    }
  }
}
