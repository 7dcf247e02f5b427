package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a start does with a database that has been migrated before.
@Tag("slow")
class MigrationsTest {

  private final TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase();

  @AfterEach
  void dropDatabase() {
    testDatabase.close();
  }

  @Test
  void a_migrated_database_is_opened_without_another_migration() {
    testDatabase.open().close();

    try (Database database = testDatabase.open()) {
      assertThat(TestSql.queryLong(database, "select count(*) from flyway_schema_history"))
          .isEqualTo(3);
    }
  }

  @Test
  void a_database_of_an_earlier_build_is_refused_with_a_sentence_that_says_what_to_do() {
    changeHistory("update flyway_schema_history set checksum = checksum + 1 where version < '3'");
    changeHistory(
        "update flyway_schema_history set checksum = 7, description = 'lists',"
            + " script = 'V3__lists.sql' where version = '3'");

    assertThatThrownBy(testDatabase::open)
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "The database at %s was created by an earlier build, which this build can't upgrade: start with an empty data folder or an empty database, or run the earlier build.",
            testDatabase.settings().address())
        .cause()
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("checksum mismatch");
  }

  @Test
  void a_migration_with_another_checksum_stops_the_start() {
    changeHistory("update flyway_schema_history set checksum = 7 where version = '2'");

    assertThatThrownBy(testDatabase::open)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("was created by an earlier build");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table flyway_schema_history",
        "delete from flyway_schema_history where version = '3'",
        "delete from flyway_schema_history",
        "update flyway_schema_history set success = false where version = '3'",
        "update flyway_schema_history set type = 'DELETE' where version = '3'",
      })
  void a_missing_or_failed_migration_stops_the_start(String change) {
    changeHistory(change);

    assertThatThrownBy(testDatabase::open)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Can't migrate the schema");
  }

  @Test
  void a_failed_migration_stops_the_start() {
    changeHistory("update flyway_schema_history set success = false where version = '3'");

    assertThatThrownBy(testDatabase::open)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("failed migration");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_database_with_a_migration_of_a_newer_version_is_opened(boolean success) {
    changeHistory(
        """
        insert into flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, execution_time, success)
        values (4, '1000', 'next', 'SQL', 'V1000__next.sql', 7, 'x', 1, %s)
        """
            .formatted(success));

    assertThatCode(() -> testDatabase.open().close()).doesNotThrowAnyException();
  }

  private void changeHistory(String sql) {
    TestSql.execute(testDatabase.settings(), sql);
  }
}
