package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.mapper.NoSuchMapperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class TransactionsTest {

  /// Ends the very connection that inserts, at the end of the statement or at the commit.
  private static final String TABLE_THAT_CUTS_THE_CONNECTION =
      """
      create table noted (x integer);
      create function cut() returns trigger language plpgsql as $$
      begin
        perform pg_terminate_backend(pg_backend_pid());
        return null;
      end $$;
      create constraint trigger cut after insert on noted %s for each row execute function cut();
      """;

  private final TestDatabase fresh;
  private final Database database;

  TransactionsTest(TestServer server) {
    fresh = server.fresh();
    database = fresh.open();
  }

  @AfterEach
  void close() {
    database.close();
    fresh.close();
  }

  @Test
  void a_connection_lost_during_the_commit_leaves_in_doubt_what_was_stored() {
    prepare(TABLE_THAT_CUTS_THE_CONNECTION.formatted("deferrable initially deferred"));
    assertThatThrownBy(() -> database.ledger().inTransaction(this::insert))
        .isInstanceOf(LedgerException.InDoubt.class);
    assertHeals();
  }

  @Test
  void a_connection_lost_before_the_commit_means_that_nothing_was_stored() {
    prepare(TABLE_THAT_CUTS_THE_CONNECTION.formatted(""));
    assertThatThrownBy(() -> database.ledger().inTransaction(this::insert))
        .isInstanceOf(LedgerException.Away.class);
    assertHeals();
  }

  @Test
  void a_connection_lost_in_a_statement_that_commits_by_itself_leaves_it_in_doubt() {
    prepare(TABLE_THAT_CUTS_THE_CONNECTION.formatted(""));
    assertThatThrownBy(() -> database.ledger().single(this::insert))
        .isInstanceOf(LedgerException.InDoubt.class);
    assertHeals();
  }

  @Test
  void what_the_database_does_not_accept_is_refused_and_nothing_is_stored() {
    prepare("create table noted (x integer check (x > 1))");
    assertThatThrownBy(() ->
            database
                .ledger()
                .inTransaction(c -> {
                  run(c, "insert into noted values (2)");
                  return insert(c);
                }))
        .isInstanceOf(LedgerException.Refused.class);
    assertThat(DatabaseTest.number(database, "select count(*) from noted")).isZero();
  }

  @Test
  void what_takes_longer_than_it_may_is_told_apart_from_a_database_that_is_away() {
    assertThatThrownBy(() ->
            database.api().read(c -> run(c, "set statement_timeout = 50; select pg_sleep(60)")))
        .isInstanceOf(LedgerException.TooSlow.class);
  }

  @Test
  void work_that_met_a_conflict_is_run_once_more() {
    AtomicInteger runs = new AtomicInteger();
    int result =
        database
            .ledger()
            .inTransaction(c -> {
              if (runs.incrementAndGet() == 1) {
                run(c, "do $$ begin raise sqlstate '40P01'; end $$");
              }
              return runs.get();
            });
    assertThat(result).isEqualTo(2);
  }

  @Test
  void work_that_meets_conflicts_again_and_again_is_given_up() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            database
                .ledger()
                .inTransaction(c -> {
                  runs.incrementAndGet();
                  return run(c, "do $$ begin raise sqlstate '40001'; end $$");
                }))
        .isInstanceOf(LedgerException.Away.class);
    assertThat(runs).hasValue(2);
  }

  @Test
  void a_bug_stays_the_exception_that_it_is() {
    assertThatThrownBy(() ->
            database
                .api()
                .read(_ -> {
                  throw new NoSuchMapperException("bug");
                }))
        .isInstanceOf(NoSuchMapperException.class);
  }

  @Test
  void a_failed_transaction_leaves_nothing_behind_on_its_connection() {
    prepare("create table noted (x integer)");
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() ->
              database
                  .ledger()
                  .inTransaction(c -> {
                    insert(c);
                    throw new IllegalStateException("bug");
                  }))
          .isInstanceOf(IllegalStateException.class);
    }
    database.ledger().single(this::insert);
    assertThat(DatabaseTest.number(database, "select count(*) from noted")).isOne();
  }

  @Test
  void statements_for_people_end_after_five_seconds_and_idle_transactions_after_ten() {
    assertThat(
            DatabaseTest.number(
                database,
                "select extract(epoch from current_setting('statement_timeout')::interval)"))
        .isEqualTo(5);
    assertThat(
            DatabaseTest.number(
                database,
                "select extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval)"))
        .isEqualTo(10);
  }

  private void assertHeals() {
    assertThat(DatabaseTest.number(database, "select count(*) from noted")).isZero();
    assertThat(database.ledger().<Boolean>inTransaction(c -> c.isValid(30))).isTrue();
  }

  private void prepare(String sql) {
    database.ledger().inTransaction(c -> run(c, sql));
  }

  private boolean insert(Connection connection) throws SQLException {
    return run(connection, "insert into noted values (1)");
  }

  private static boolean run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
