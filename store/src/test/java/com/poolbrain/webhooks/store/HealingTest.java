package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.store.embedded.DebianPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HealingTest {

  @Test
  void a_database_that_was_stopped_is_used_again_as_soon_as_it_is_back() throws Exception {
    Path folder = TestFolders.fresh();
    try (DebianPostgres server = DebianPostgres.start(folder);
        Database database = Database.open(server.settings())) {
      server.stop();
      assertThatThrownBy(() -> DatabaseTest.number(database, "select 1"))
          .isInstanceOf(LedgerException.Away.class);
      server.startAgain();
      assertThat(untilItAnswers(database)).isEqualTo(1);
    }
    TestFolders.delete(folder);
  }

  private static long untilItAnswers(Database database) {
    while (true) {
      try {
        return DatabaseTest.number(database, "select 1");
      } catch (LedgerException.Away e) {
        assertThat(e).hasMessageStartingWith("the database can't");
      }
    }
  }
}
