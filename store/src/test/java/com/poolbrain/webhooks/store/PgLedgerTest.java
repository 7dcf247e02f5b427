package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.contracts.ledger.LedgerContract;
import com.poolbrain.webhooks.contracts.ledger.LedgerWorld;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The ledger that PostgreSQL keeps, held to the contract on every server that is supported.
@ParameterizedClass
@EnumSource(TestServer.class)
class PgLedgerTest extends LedgerContract {

  private static final Map<TestServer, LedgerDatabase> DATABASES = new EnumMap<>(TestServer.class);

  private final TestServer server;

  PgLedgerTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected LedgerWorld world() {
    return DATABASES.computeIfAbsent(server, LedgerDatabase::new);
  }

  @AfterAll
  static void drop() {
    DATABASES.values().forEach(LedgerDatabase::drop);
    DATABASES.clear();
  }
}
