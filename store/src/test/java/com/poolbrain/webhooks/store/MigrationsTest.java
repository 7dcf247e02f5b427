package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a start may do without Flyway: only if exactly the steps of this version were taken.
class MigrationsTest {

  @Test
  void whatFlywayHasTakenIsKnownByItsOwnChecksums() throws SQLException {
    assertThat(taken("select 1")).isTrue();
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
  void allElseIsLeftToFlyway(String change) throws SQLException {
    assertThat(taken(change)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void soIsANewerStepWhetherItFailedOrNot(String success) throws SQLException {
    String next =
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " values (4, '1000', 'next', 'SQL', 'V1000__next.sql', 7, 'x', 1, "
            + success
            + ")";
    assertThat(taken(next)).isFalse();
  }

  @Test
  void aStepWithAnotherTextStopsTheStart() {
    try (TestDatabase fresh = TestServer.EMBEDDED_18.fresh()) {
      TestDatabases.execute(
          fresh.settings(), "update flyway_schema_history set checksum = 7 where version = '2'");
      assertThatThrownBy(fresh::open)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("checksum mismatch");
    }
  }

  @Test
  void aStepThatFailedStopsTheStart() {
    try (TestDatabase fresh = TestServer.EMBEDDED_18.fresh()) {
      TestDatabases.execute(
          fresh.settings(), "update flyway_schema_history set success = false where version = '3'");
      assertThatThrownBy(fresh::open)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("failed migration");
    }
  }

  private static boolean taken(String change) throws SQLException {
    try (TestDatabase fresh = TestServer.EMBEDDED_18.fresh()) {
      TestDatabases.execute(fresh.settings(), change);
      try (Connection connection = Pools.unpooled(fresh.settings()).getConnection()) {
        return Migrations.areTaken(connection);
      }
    }
  }
}
