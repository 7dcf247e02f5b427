package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class DatabaseTest {

  private final TestServer server;

  DatabaseTest(TestServer server) {
    this.server = server;
  }

  @Test
  void a_fresh_database_has_the_schema_and_version_0() {
    try (TestDatabase testDatabase = server.createDatabase();
        Database database = testDatabase.open()) {
      assertThat(TestSql.queryLong(database, "select version from config")).isZero();
      assertThat(TestSql.queryLong(database, "select count(*) from endpoint")).isZero();
    }
  }

  @Test
  void an_unreachable_database_stops_the_start_with_a_sentence() {
    DatabaseSettings unreachable =
        DatabaseSettings.withDefaults("jdbc:postgresql://127.0.0.1:1/x?ssl=false", "u", "hidden");
    assertThatThrownBy(() -> Database.open(unreachable))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("Can't use the database at jdbc:postgresql://127.0.0.1:1/x as u: ")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void passwords_in_an_address_are_never_repeated() {
    for (String url :
        List.of(
            "jdbc:postgresql://u:SECRETWORD@127.0.0.1:1/x",
            "jdbc:postgresql://u:SEC/RETWORD@127.0.0.1:1/x",
            "jdbc:postgresql://127.0.0.1:1/x;password=SECRETWORD",
            "jdbc:postgresql://127.0.0.1:SECRET/x?password=RETWORD",
            "jdbc:postgresql://127.0.0.1:1/x?sslpassword=SECRETWORD")) {
      assertThatThrownBy(() -> Database.open(DatabaseSettings.withDefaults(url, "u", "hidden")))
          .as(url)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("127.0.0.1")
          .message()
          .doesNotContain("RETWORD");
    }
  }

  @Test
  void a_superuser_is_reported_with_what_to_use_instead() {
    try (TestDatabase testDatabase = server.createDatabase()) {
      DatabaseSettings superuser = testDatabase.superuserSettings();

      assertThat(warningsOfOpen(testDatabase.settings())).isEmpty();
      assertThat(
              warningsOfOpen(
                  DatabaseSettings.withDefaults(
                      testDatabase.settings().jdbcUrl(), superuser.user(), superuser.password())))
          .containsExactly(
              "The database user postgres is a superuser: give the service an ordinary role that owns its database.");
    }
  }

  private static List<String> warningsOfOpen(DatabaseSettings settings) {
    var logger = (Logger) LoggerFactory.getLogger(Database.class);
    var events = new ListAppender<ILoggingEvent>();
    events.start();
    logger.addAppender(events);
    try {
      Database.open(settings).close();
    } finally {
      logger.detachAppender(events);
    }
    return events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void a_malformed_address_stops_the_start_with_a_sentence() {
    assertThatThrownBy(
            () -> Database.open(DatabaseSettings.withDefaults("localhost:5432", "u", "hidden")))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "The database address localhost:5432 is not a PostgreSQL address: it must have the form jdbc:postgresql://host:5432/name.");
  }

  @Test
  void a_schema_without_migration_history_stops_the_start_with_a_sentence() {
    try (TestDatabase testDatabase = server.createDatabase()) {
      TestSql.execute(testDatabase.settings(), "drop table flyway_schema_history");
      assertThatThrownBy(testDatabase::open)
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith("Can't migrate the schema of the database at jdbc:postgresql://")
          .hasMessageNotContaining("\n");
    }
  }

  /// The check has a timeout of a second, which a busy machine may exceed, so it is repeated.
  @Test
  void is_reachable_is_true_while_the_database_answers() {
    try (TestDatabase testDatabase = server.createDatabase();
        Database database = testDatabase.open()) {
      assertThat(IntStream.range(0, 60).anyMatch(_ -> database.isReachable())).isTrue();
    }
  }

  @Test
  void connections_have_a_socket_timeout_of_10_seconds() {
    try (TestDatabase testDatabase = server.createDatabase();
        Database database = testDatabase.open()) {
      for (Transactions pool : List.of(database.apiTransactions(), database.ledgerTransactions())) {
        assertThat(pool.<Integer>read(Connection::getNetworkTimeout)).isEqualTo(10_000);
      }
    }
  }

  @Test
  void several_nodes_may_open_an_empty_database_at_once() throws Exception {
    try (TestDatabase testDatabase = server.createDatabase();
        ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      TestSql.execute(testDatabase.settings(), "drop schema public cascade; create schema public");
      Callable<Long> open =
          () -> {
            try (Database database = testDatabase.open()) {
              return TestSql.queryLong(database, "select version from config");
            }
          };
      for (Future<Long> node : nodes.invokeAll(List.of(open, open, open))) {
        assertThat(node.get()).isZero();
      }
    }
  }

  @Test
  void server_versions_below_15_are_not_supported() {
    assertThat(Database.isSupported(14)).isFalse();
    assertThat(Database.isSupported(15)).isTrue();
    assertThat(Database.isSupported(19)).isTrue();
  }
}
