package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ReconnectTest {

  @Test
  void connections_recover_as_soon_as_a_stopped_database_restarts() throws Exception {
    Path folder = TestFolders.createFolder();
    try (Postgres15 server = Postgres15.start(folder);
        Database database = Database.open(server.settings())) {
      server.stop();
      assertThatThrownBy(() -> TestSql.queryLong(database, "select 1"))
          .isInstanceOf(LedgerException.Unavailable.class)
          .hasMessageStartingWith("the database is un");
      server.restart();
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreException(LedgerException.Unavailable.class)
          .untilAsserted(() -> assertThat(TestSql.queryLong(database, "select 1")).isOne());
    }
    TestFolders.delete(folder);
  }
}
