package com.poolbrain.webhooks.contracts.ledger;

import com.poolbrain.webhooks.engine.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// One part of the contract, with a new world for each test.
abstract class Topic {

  LedgerWorld world;
  Story story;
  Ledger ledger;

  abstract LedgerWorld world();

  @BeforeEach
  void begin() {
    world = world();
    story = new Story(world, 1);
    ledger = world.ledger();
  }

  @AfterEach
  void end() {
    world.close();
  }
}
