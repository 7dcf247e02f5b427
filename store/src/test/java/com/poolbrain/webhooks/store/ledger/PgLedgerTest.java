package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.ledger.LedgerContract;
import com.poolbrain.webhooks.testkit.ledger.LedgerHarness;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The ledger contract on every supported PostgreSQL version.
@ParameterizedClass
@EnumSource(TestServer.class)
class PgLedgerTest extends LedgerContract {

  private static final Map<TestServer, PgLedgerHarness> DATABASES = new EnumMap<>(TestServer.class);

  private final TestServer server;

  PgLedgerTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected LedgerHarness newHarness() {
    return DATABASES.computeIfAbsent(server, PgLedgerHarness::new);
  }

  @AfterAll
  static void tearDown() {
    DATABASES.values().forEach(PgLedgerHarness::dropDatabase);
    DATABASES.clear();
  }
}
