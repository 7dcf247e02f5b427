package com.poolbrain.webhooks.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

  /// Its trigger terminates the connection that inserts, after the statement or during the commit.
  private static final String TABLE_TERMINATING_CONNECTION =
      """
      create table note (x integer);
      create function terminate() returns trigger language plpgsql as $$
      begin
        perform pg_terminate_backend(pg_backend_pid());
        return null;
      end $$;
      create constraint trigger terminate after insert on note %s for each row execute function terminate();
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
        .isInstanceOf(LedgerException.CommitUnknown.class)
        .as("true of any statement, a lease renewal too")
        .hasMessageStartingWith("the connection was lost before the database answered: ");
    assertConnectionsRecover();
  }

  @Test
  void a_constraint_violation_throws_rejected_and_rolls_back() {
    createTable("create table note (x integer check (x > 1))");
    assertThatThrownBy(() ->
            database
                .ledgerTransactions()
                .inTransaction(c -> {
                  TestSql.execute(c, "insert into note values (2)");
                  return insert(c);
                }))
        .isInstanceOf(LedgerException.Rejected.class);
    assertThat(TestSql.queryLong(database, "select count(*) from note")).isZero();
  }

  @Test
  void a_statement_timeout_throws_timed_out() {
    assertThatThrownBy(() ->
            database
                .apiTransactions()
                .read(c -> TestSql.execute(c, "set statement_timeout = 50; select pg_sleep(60)")))
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
                TestSql.execute(c, "do $$ begin raise sqlstate '40P01'; end $$");
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
                  return TestSql.execute(c, "do $$ begin raise sqlstate '40001'; end $$");
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
    createTable("create table note (x integer)");
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
    assertThat(TestSql.queryLong(database, "select count(*) from note")).isOne();
  }

  @Test
  void api_connections_have_statement_and_idle_transaction_timeouts() {
    assertThat(
            TestSql.queryLong(
                database,
                "select extract(epoch from current_setting('statement_timeout')::interval)::int"))
        .isEqualTo(5);
    assertThat(
            TestSql.queryLong(
                database,
                "select extract(epoch from"
                    + " current_setting('idle_in_transaction_session_timeout')::interval)::int"))
        .isEqualTo(10);
  }

  @Test
  void no_connection_compiles_statements() {
    for (Transactions transactions :
        List.of(database.apiTransactions(), database.ledgerTransactions())) {
      List<String> setting = transactions.read(c -> TestSql.queryStrings(c, "show jit"));
      assertThat(setting).containsExactly("off");
    }
  }

  private void assertConnectionsRecover() {
    assertThat(TestSql.queryLong(database, "select count(*) from note")).isZero();
    assertThat(database.ledgerTransactions().<Boolean>inTransaction(c -> c.isValid(30))).isTrue();
  }

  private void createTable(String sql) {
    database.ledgerTransactions().inTransaction(c -> TestSql.execute(c, sql));
  }

  private boolean insert(Connection connection) throws SQLException {
    return TestSql.execute(connection, "insert into note values (1)");
  }
}
