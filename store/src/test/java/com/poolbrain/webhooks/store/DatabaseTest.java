package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class DatabaseTest {

  private final TestServer server;

  DatabaseTest(TestServer server) {
    this.server = server;
  }

  @Test
  void a_fresh_database_has_the_schema_and_version_0() {
    try (TestDatabase fresh = server.fresh();
        Database database = fresh.open()) {
      assertThat(number(database, "select version from config")).isZero();
      assertThat(number(database, "select count(*) from endpoint")).isZero();
    }
  }

  @Test
  void a_wrong_address_stops_the_start_with_a_sentence() {
    DatabaseSettings nowhere =
        DatabaseSettings.of("jdbc:postgresql://127.0.0.1:1/x?ssl=false", "u", "hidden");
    assertThatThrownBy(() -> Database.open(nowhere))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("Can't use the database at jdbc:postgresql://127.0.0.1:1/x as u: ")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void an_address_that_is_none_stops_the_start_with_a_sentence() {
    assertThatThrownBy(() -> Database.open(DatabaseSettings.of("localhost:5432", "u", "hidden")))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "The address of the database, localhost:5432, is not one of PostgreSQL: it must look like jdbc:postgresql://host:5432/name.");
  }

  @Test
  void a_schema_that_is_not_ours_stops_the_start_with_a_sentence() {
    try (TestDatabase fresh = server.fresh()) {
      TestDatabases.execute(fresh.settings(), "drop table flyway_schema_history");
      assertThatThrownBy(fresh::open)
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith("Can't bring the schema of the database at jdbc:postgresql://")
          .hasMessageNotContaining("\n");
    }
  }

  /// It is given a second each time, which a busy machine may need for something else.
  @Test
  void knows_whether_it_answers() {
    try (TestDatabase fresh = server.fresh();
        Database database = fresh.open()) {
      assertThat(IntStream.range(0, 60).anyMatch(_ -> database.answers())).isTrue();
    }
  }

  @Test
  void nobody_waits_for_ever_for_a_database_that_says_nothing_any_more() {
    try (TestDatabase fresh = server.fresh();
        Database database = fresh.open()) {
      for (Transactions pool : List.of(database.api(), database.ledger())) {
        assertThat(pool.<Integer>read(Connection::getNetworkTimeout)).isEqualTo(10_000);
      }
    }
  }

  @Test
  void several_nodes_may_open_an_empty_database_at_once() throws Exception {
    try (TestDatabase fresh = server.fresh();
        ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      TestDatabases.execute(fresh.settings(), "drop schema public cascade; create schema public");
      Callable<Long> open =
          () -> {
            try (Database database = fresh.open()) {
              return number(database, "select version from config");
            }
          };
      for (Future<Long> node : nodes.invokeAll(List.of(open, open, open))) {
        assertThat(node.get()).isZero();
      }
    }
  }

  @Test
  void only_the_oldest_supported_version_and_newer_ones_will_do() {
    assertThat(Database.supports(14)).isFalse();
    assertThat(Database.supports(15)).isTrue();
    assertThat(Database.supports(19)).isTrue();
  }

  static long number(Database database, String sql) {
    return database
        .api()
        .read(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }
}
