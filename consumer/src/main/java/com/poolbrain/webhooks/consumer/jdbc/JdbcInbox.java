package com.poolbrain.webhooks.consumer.jdbc;

import com.poolbrain.webhooks.consumer.Claim;
import com.poolbrain.webhooks.consumer.Inbox;
import com.poolbrain.webhooks.consumer.InboxClaim;
import com.poolbrain.webhooks.consumer.InboxMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// An inbox in a table of PostgreSQL, MySQL, MariaDB or H2. Several processes can work it off.
///
/// A handler that writes to the same database can complete its message in its own transaction with
/// [#completeIn]. Then each webhook has its effect exactly once, even if a process is killed.
public final class JdbcInbox implements Inbox {

  /// How long the id of a handled message is remembered unless chosen otherwise.
  public static final Duration DEFAULT_RETENTION = ClaimTable.DEFAULT_RETENTION;

  private static final int MAX_ERROR_LENGTH = 500;
  private static final String TABLE = "poolbrain_webhook_inbox";
  private static final String DDL =
      """
      create table poolbrain_webhook_inbox (
        id varchar(36) not null primary key,
        state varchar(9) not null,
        due_ms bigint not null,
        token varchar(36) not null,
        tries int not null,
        attempt int not null,
        test smallint not null,
        error varchar(500) not null,
        body {bytes} not null);
      create index poolbrain_webhook_inbox_due on poolbrain_webhook_inbox (state, due_ms)\
      """;
  private static final String STORE =
      """
      {insert} poolbrain_webhook_inbox
        (id, state, due_ms, token, tries, attempt, test, error, body)
      values (?, 'waiting', {now}, '', 0, ?, ?, '', ?) {/insert}\
      """;
  private static final String FIND_DUE =
      """
      select id from poolbrain_webhook_inbox where state = 'waiting' and due_ms <= {now}
      order by due_ms, id limit 16\
      """;
  private static final String CLAIM =
      """
      update poolbrain_webhook_inbox set token = ?, due_ms = {now} + ?, tries = tries + 1
      where id = ? and state = 'waiting' and due_ms <= {now}\
      """;
  private static final String READ =
      """
      select body, attempt, test, tries from poolbrain_webhook_inbox where id = ? and token = ?\
      """;
  private static final String POSTPONE =
      """
      update poolbrain_webhook_inbox set due_ms = {now} + ?, error = ?, token = ''
      where id = ? and token = ? and state = 'waiting'\
      """;
  private static final String GIVE_UP =
      """
      update poolbrain_webhook_inbox set state = 'dead', error = ?, token = ''
      where id = ? and token = ? and state = 'waiting'\
      """;
  private static final String RETRY =
      """
      update poolbrain_webhook_inbox set state = 'waiting', due_ms = {now}, tries = 0
      where id = ? and state = 'dead'\
      """;
  private static final String DEAD_LETTERS =
      """
      select id, error from poolbrain_webhook_inbox where state = 'dead'
      order by due_ms, id limit 1000\
      """;

  /// A completed message keeps its id only.
  private static final ClaimTable.Statements STATEMENTS =
      new ClaimTable.Statements(
          """
          update poolbrain_webhook_inbox set state = 'completed', due_ms = {now} + ?, body = ''
          where id = ? and token = ?\
          """,
          """
          select 1 from poolbrain_webhook_inbox
          where id = ? and token = ? and state = 'completed'\
          """,
          """
          select id from poolbrain_webhook_inbox where state = 'completed' and due_ms < {now}
          limit 500\
          """,
          """
          delete from poolbrain_webhook_inbox
          where id = ? and state = 'completed' and due_ms < {now}\
          """);

  private final ClaimTable table;
  private final Sql sql;

  private JdbcInbox(ClaimTable table) {
    this.table = table;
    this.sql = table.sql();
  }

  /// A message that was given up.
  ///
  /// @param id id of the delivery
  /// @param error why the last try failed
  public record DeadLetter(UUID id, String error) {}

  /// The inbox in a database. Creates the table `poolbrain_webhook_inbox` unless it exists.
  ///
  /// @param dataSource source of connections of its own, not of those of running transactions
  /// @throws JdbcStoreException if the table can't be created; the message has its definition
  public static JdbcInbox of(DataSource dataSource) {
    return new JdbcInbox(ClaimTable.create(dataSource, TABLE, DDL, STATEMENTS));
  }

  /// This inbox with another time for which the ids of handled messages are remembered.
  public JdbcInbox withRetention(Duration newRetention) {
    return new JdbcInbox(table.withRetention(newRetention));
  }

  @Override
  public boolean store(InboxMessage message) {
    table.beforeAddition();
    return sql.run(connection ->
        sql.insert(
            connection,
            STORE,
            message.id().toString(),
            message.attempt(),
            message.test() ? 1 : 0,
            message.rawBody()));
  }

  @Override
  public Optional<InboxClaim> claim(Duration lease) {
    return sql.run(connection -> claim(connection, lease));
  }

  private Optional<InboxClaim> claim(Connection connection, Duration lease) throws SQLException {
    for (String id : sql.query(connection, FIND_DUE, row -> row.getString(1))) {
      var claim = new Claim(UUID.fromString(id), UUID.randomUUID());
      String token = claim.token().toString();
      if (sql.update(connection, CLAIM, token, lease.toMillis(), id) > 0) {
        return sql.query(connection, READ, row -> readClaim(claim, row), id, token).stream()
            .findFirst();
      }
    }
    return Optional.empty();
  }

  private static InboxClaim readClaim(Claim claim, ResultSet row) throws SQLException {
    var message = new InboxMessage(claim.id(), row.getBytes(1), row.getInt(2), row.getInt(3) == 1);
    return new InboxClaim(claim, message, row.getInt(4));
  }

  @Override
  public boolean complete(Claim claim) {
    return table.complete(claim);
  }

  /// Completes a message in the transaction of a handler: it is completed if the transaction is
  /// committed. Call it as the last statement before the commit.
  ///
  /// @param connection connection of the transaction, to the same database
  /// @throws ClaimLostException if another process has claimed the message since; roll back then
  public void completeIn(Connection connection, Claim claim) throws SQLException {
    table.completeIn(connection, claim);
  }

  @Override
  public void postpone(Claim claim, Duration delay, String error) {
    sql.run(connection ->
        sql.update(
            connection,
            POSTPONE,
            delay.toMillis(),
            shorten(error),
            claim.id().toString(),
            claim.token().toString()));
  }

  @Override
  public void giveUp(Claim claim, String error) {
    sql.run(connection ->
        sql.update(
            connection, GIVE_UP, shorten(error), claim.id().toString(), claim.token().toString()));
  }

  @Override
  public boolean retry(UUID id) {
    return sql.run(connection -> sql.update(connection, RETRY, id.toString()) > 0);
  }

  /// The messages that were given up, at most 1,000, the first ones first.
  public List<DeadLetter> deadLetters() {
    return sql.run(connection ->
        sql.query(
            connection,
            DEAD_LETTERS,
            row -> new DeadLetter(UUID.fromString(row.getString(1)), row.getString(2))));
  }

  /// Deletes completed messages whose retention ended. The inbox does this by itself now and then.
  ///
  /// @return how many were deleted, at most 500
  public int forgetOutdated() {
    return table.forgetOutdated();
  }

  private static String shorten(String error) {
    return error.length() <= MAX_ERROR_LENGTH ? error : error.substring(0, MAX_ERROR_LENGTH);
  }
}
