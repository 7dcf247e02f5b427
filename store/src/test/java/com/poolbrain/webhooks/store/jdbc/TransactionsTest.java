package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.mapper.NoSuchMapperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class TransactionsTest {

  /// Ends the very connection that inserts, at the end of the statement or at the commit.
  private static final String TABLE_TERMINATING_CONNECTION =
      """
      create table noted (x integer);
      create function cut() returns trigger language plpgsql as $$
      begin
        perform pg_terminate_backend(pg_backend_pid());
        return null;
      end $$;
      create constraint trigger cut after insert on noted %s for each row execute function cut();
      """;

  private final TestDatabase testDatabase;
  private final Database database;

  TransactionsTest(TestServer server) {
    testDatabase = server.createDatabase();
    database = testDatabase.open();
  }

  @AfterEach
  void close() {
    database.close();
    testDatabase.close();
  }

  @Test
  void a_connection_lost_during_commit_throws_commit_unknown() {
    createTable(TABLE_TERMINATING_CONNECTION.formatted("deferrable initially deferred"));
    assertThatThrownBy(() -> database.ledgerTransactions().inTransaction(this::insert))
        .isInstanceOf(LedgerException.CommitUnknown.class);
    assertConnectionsRecover();
  }

  @Test
  void a_connection_lost_before_commit_throws_unavailable() {
    createTable(TABLE_TERMINATING_CONNECTION.formatted(""));
    assertThatThrownBy(() -> database.ledgerTransactions().inTransaction(this::insert))
        .isInstanceOf(LedgerException.Unavailable.class);
    assertConnectionsRecover();
  }

  @Test
  void a_connection_lost_in_an_auto_commit_statement_throws_commit_unknown() {
    createTable(TABLE_TERMINATING_CONNECTION.formatted(""));
    assertThatThrownBy(() -> database.ledgerTransactions().autoCommit(this::insert))
        .isInstanceOf(LedgerException.CommitUnknown.class);
    assertConnectionsRecover();
  }

  @Test
  void a_constraint_violation_throws_rejected_and_rolls_back() {
    createTable("create table noted (x integer check (x > 1))");
    assertThatThrownBy(() ->
            database
                .ledgerTransactions()
                .inTransaction(c -> {
                  execute(c, "insert into noted values (2)");
                  return insert(c);
                }))
        .isInstanceOf(LedgerException.Rejected.class);
    assertThat(DatabaseTest.queryLong(database, "select count(*) from noted")).isZero();
  }

  @Test
  void a_statement_timeout_throws_timed_out() {
    assertThatThrownBy(() ->
            database
                .apiTransactions()
                .read(c -> execute(c, "set statement_timeout = 50; select pg_sleep(60)")))
        .isInstanceOf(LedgerException.TimedOut.class);
  }

  @Test
  void a_deadlocked_transaction_is_retried_once() {
    AtomicInteger runs = new AtomicInteger();
    int result =
        database
            .ledgerTransactions()
            .inTransaction(c -> {
              if (runs.incrementAndGet() == 1) {
                execute(c, "do $$ begin raise sqlstate '40P01'; end $$");
              }
              return runs.get();
            });
    assertThat(result).isEqualTo(2);
  }

  @Test
  void a_transaction_that_conflicts_twice_throws_unavailable() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            database
                .ledgerTransactions()
                .inTransaction(c -> {
                  runs.incrementAndGet();
                  return execute(c, "do $$ begin raise sqlstate '40001'; end $$");
                }))
        .isInstanceOf(LedgerException.Unavailable.class);
    assertThat(runs).hasValue(2);
  }

  @Test
  void exceptions_not_caused_by_the_database_pass_through() {
    assertThatThrownBy(() ->
            database
                .apiTransactions()
                .read(_ -> {
                  throw new NoSuchMapperException("bug");
                }))
        .isInstanceOf(NoSuchMapperException.class);
  }

  @Test
  void a_failed_transaction_is_rolled_back_before_its_connection_is_reused() {
    createTable("create table noted (x integer)");
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() ->
              database
                  .ledgerTransactions()
                  .inTransaction(c -> {
                    insert(c);
                    throw new IllegalStateException("bug");
                  }))
          .isInstanceOf(IllegalStateException.class);
    }
    database.ledgerTransactions().autoCommit(this::insert);
    assertThat(DatabaseTest.queryLong(database, "select count(*) from noted")).isOne();
  }

  @Test
  void api_connections_have_statement_and_idle_transaction_timeouts() {
    assertThat(
            DatabaseTest.queryLong(
                database,
                "select extract(epoch from current_setting('statement_timeout')::interval)"))
        .isEqualTo(5);
    assertThat(
            DatabaseTest.queryLong(
                database,
                "select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)"))
        .isEqualTo(10);
  }

  private void assertConnectionsRecover() {
    assertThat(DatabaseTest.queryLong(database, "select count(*) from noted")).isZero();
    assertThat(database.ledgerTransactions().<Boolean>inTransaction(c -> c.isValid(30))).isTrue();
  }

  private void createTable(String sql) {
    database.ledgerTransactions().inTransaction(c -> execute(c, sql));
  }

  private boolean insert(Connection connection) throws SQLException {
    return execute(connection, "insert into noted values (1)");
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
