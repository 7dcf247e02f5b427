package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.ledger.Story;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows that another transaction holds are passed over, not waited for.
@ParameterizedClass
@EnumSource(TestServer.class)
class HeldRowsTest {

  private final LedgerDatabase database;
  private UUID endpoint;
  private Story story;
  private UUID node;
  private NewDelivery held;
  private NewDelivery free;

  HeldRowsTest(TestServer server) {
    database = new LedgerDatabase(server);
  }

  @BeforeEach
  void store() {
    story = new Story(database, 1);
    node = story.node();
    endpoint = story.onlyEndpoint();
    held = story.storeWaiting(node, endpoint);
    free = story.storeWaiting(node, endpoint);
  }

  @AfterEach
  void drop() {
    database.drop();
  }

  @Test
  void aClaimTakesTheOthers() throws Exception {
    try (Connection other = hold()) {
      List<Claim> claims = story.claim(node, endpoint, 2);
      other.rollback();

      assertThat(claims).extracting(Claim::id).containsExactly(free.id());
    }
    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(held.id());
  }

  @Test
  void aSweepEndsTheOthers() throws Exception {
    try (Connection other = hold()) {
      assertThat(skip()).isEqualTo(1);
      other.rollback();
    }
    assertThat(skip()).isEqualTo(1);
  }

  private int skip() {
    return database
        .ledger()
        .skip(story.version(), endpoint, SkipReason.ENDPOINT_PAUSED, List.of(), 10)
        .orElseThrow();
  }

  private Connection hold() throws SQLException {
    Connection other = database.database().upkeep().getConnection();
    other.setAutoCommit(false);
    Sql.run(other, "select from due where id = '%s' for update".formatted(held.id()));
    return other;
  }
}
