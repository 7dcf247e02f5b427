package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.store.RunningTestServer;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a start may do without Flyway: only if exactly the steps of this version were taken.
class MigrationsTest {

  @Test
  void a_schema_migrated_by_flyway_is_up_to_date() throws SQLException {
    assertThat(isUpToDateAfter("select 1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table flyway_schema_history",
        "drop schema public cascade",
        "delete from flyway_schema_history where version = '3'",
        "delete from flyway_schema_history",
        "update flyway_schema_history set checksum = checksum + 1 where version = '2'",
        "update flyway_schema_history set checksum = null where version = '2'",
        "update flyway_schema_history set success = false where version = '3'",
        "update flyway_schema_history set type = 'DELETE' where version = '3'",
        "update flyway_schema_history set script = 'V3__other.sql' where version = '3'",
        "update flyway_schema_history set installed_rank = 9 where version = '1'",
      })
  void a_missing_changed_or_failed_migration_is_not_up_to_date(String change) throws SQLException {
    assertThat(isUpToDateAfter(change)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void a_newer_migration_is_not_up_to_date(String success) throws SQLException {
    String next =
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " values (4, '1000', 'next', 'SQL', 'V1000__next.sql', 7, 'x', 1, "
            + success
            + ")";
    assertThat(isUpToDateAfter(next)).isFalse();
  }

  @Test
  void a_migration_with_another_checksum_stops_the_start() {
    try (TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase()) {
      RunningTestServer.execute(
          testDatabase.settings(),
          "update flyway_schema_history set checksum = 7 where version = '2'");
      assertThatThrownBy(testDatabase::open)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("checksum mismatch");
    }
  }

  @Test
  void a_failed_migration_stops_the_start() {
    try (TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase()) {
      RunningTestServer.execute(
          testDatabase.settings(),
          "update flyway_schema_history set success = false where version = '3'");
      assertThatThrownBy(testDatabase::open)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("failed migration");
    }
  }

  private static boolean isUpToDateAfter(String change) throws SQLException {
    try (TestDatabase testDatabase = TestServer.EMBEDDED_18.createDatabase()) {
      RunningTestServer.execute(testDatabase.settings(), change);
      try (Connection connection = DataSources.unpooled(testDatabase.settings()).getConnection()) {
        return Migrations.isUpToDate(connection);
      }
    }
  }
}
