package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import java.nio.file.Path;
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
      assertThatThrownBy(() -> DatabaseTest.queryLong(database, "select 1"))
          .isInstanceOf(LedgerException.Unavailable.class);
      server.restart();
      assertThat(awaitConnection(database)).isEqualTo(1);
    }
    TestFolders.delete(folder);
  }

  private static long awaitConnection(Database database) {
    while (true) {
      try {
        return DatabaseTest.queryLong(database, "select 1");
      } catch (LedgerException.Unavailable e) {
        assertThat(e).hasMessageStartingWith("the database is un");
      }
    }
  }
}
