package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.testkit.ledger.LedgerFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Claims and skips pass over rows that another transaction has locked, instead of waiting.
@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class SkipLockedTest {

  private final PgLedgerHarness database;
  private UUID endpoint;
  private LedgerFixture ledgerFixture;
  private UUID node;
  private NewDelivery locked;
  private NewDelivery unlocked;

  SkipLockedTest(TestServer server) {
    database = new PgLedgerHarness(server);
  }

  @BeforeEach
  void setUp() {
    ledgerFixture = new LedgerFixture(database, 1);
    node = ledgerFixture.registerNode();
    endpoint = ledgerFixture.configureSingleEndpoint();
    locked = ledgerFixture.storeUnowned(node, endpoint);
    unlocked = ledgerFixture.storeUnowned(node, endpoint);
  }

  @AfterEach
  void tearDown() {
    database.dropDatabase();
  }

  @Test
  void claim_passes_over_locked_rows() throws Exception {
    try (Connection other = lockRow()) {
      List<Claim> claims = ledgerFixture.claim(node, endpoint, 2);
      other.rollback();

      assertThat(claims).extracting(Claim::id).containsExactly(unlocked.id());
    }
    assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(locked.id());
  }

  @Test
  void skip_passes_over_locked_rows() throws Exception {
    try (Connection other = lockRow()) {
      assertThat(skip()).isEqualTo(1);
      other.rollback();
    }
    assertThat(skip()).isEqualTo(1);
  }

  private int skip() {
    return database
        .ledger()
        .skipUnowned(
            ledgerFixture.configVersion(), endpoint, SkipReason.ENDPOINT_PAUSED, List.of(), 10)
        .orElseThrow()
        .size();
  }

  private Connection lockRow() throws SQLException {
    Connection other = database.database().maintenanceDataSource().getConnection();
    other.setAutoCommit(false);
    TestSql.execute(
        other, "select from open_delivery where id = '%s' for update".formatted(locked.id()));
    return other;
  }
}
