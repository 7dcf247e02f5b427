package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.partition.MissingPartitionDetector;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The PostgreSQL that remembers everything, migrated and ready.
///
/// ```java
/// try (var database = Database.open(DatabaseSettings.of(url, user, password))) {
///   long version = database.api().read(c -> …);
/// }
/// ```
public final class Database implements AutoCloseable {

  /// The oldest PostgreSQL that this works with.
  public static final int MIN_SERVER_VERSION = 15;

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final DatabaseSettings settings;
  private final HikariDataSource ledgerPool;
  private final HikariDataSource apiPool;
  private final MissingPartitionDetector missingPartitionDetector = new MissingPartitionDetector();
  private final Transactions ledgerTransactions;
  private final Transactions apiTransactions;

  private Database(
      DatabaseSettings settings, HikariDataSource ledgerPool, HikariDataSource apiPool) {
    this.settings = settings;
    this.ledgerPool = ledgerPool;
    this.apiPool = apiPool;
    this.ledgerTransactions = new Transactions(ledgerPool, missingPartitionDetector);
    this.apiTransactions = new Transactions(apiPool, missingPartitionDetector);
  }

  /// Connects, checks the version and brings the schema up to date. Several nodes may do so at
  /// once.
  ///
  /// @throws StartupException if the database can't be used, saying why
  public static Database open(DatabaseSettings settings) {
    DataSource unpooled = unpooledDataSource(settings);
    if (!isSchemaCurrent(settings, unpooled)) {
      migrate(settings, unpooled);
    }
    return new Database(settings, DataSources.ledgerPool(settings), DataSources.apiPool(settings));
  }

  /// Transactions of the hot path: accepting, claiming, settling.
  public Transactions ledgerTransactions() {
    return ledgerTransactions;
  }

  /// Transactions of what people ask and change: each statement ends within five seconds.
  public Transactions apiTransactions() {
    return apiTransactions;
  }

  /// [#apiTransactions()] for JDBI.
  public Jdbi jdbi() {
    return Jdbi.create(apiPool);
  }

  /// Connections without limits on time, not pooled: for upkeep that may wait long.
  public DataSource maintenanceDataSource() {
    return DataSources.unpooled(settings);
  }

  /// Where rows are noticed whose day has no partition.
  public MissingPartitionDetector missingPartitionDetector() {
    return missingPartitionDetector;
  }

  /// Whether the database answers now.
  public boolean isReachable() {
    try {
      return apiTransactions.<Boolean>read(connection -> connection.isValid(1));
    } catch (LedgerException.Unavailable e) {
      log.debug("The database does not answer", e);
      return false;
    }
  }

  /// What time it is by the database's clock.
  ///
  /// @throws LedgerException if the database can't be reached
  public Instant now() {
    return apiTransactions.read(Database::now);
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select now()")) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  @Override
  public void close() {
    ledgerPool.close();
    apiPool.close();
  }

  /// Whether this works with a PostgreSQL of that major version.
  static boolean supports(int majorVersion) {
    return majorVersion >= MIN_SERVER_VERSION;
  }

  private static DataSource unpooledDataSource(DatabaseSettings settings) {
    try {
      return DataSources.unpooled(settings);
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "The address of the database, %s, is not one of PostgreSQL: it must look like jdbc:postgresql://host:5432/name."
              .formatted(settings.address()),
          e);
    }
  }

  /// Whether the schema is that of this version already.
  ///
  /// @throws StartupException if the database can't be reached or is too old
  private static boolean isSchemaCurrent(DatabaseSettings settings, DataSource unpooled) {
    try (Connection connection = unpooled.getConnection()) {
      if (!supports(connection.getMetaData().getDatabaseMajorVersion())) {
        throw new StartupException(
            "The database at %s is PostgreSQL %s; this needs PostgreSQL %d or newer."
                .formatted(
                    settings.address(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    MIN_SERVER_VERSION));
      }
      return Migrations.isUpToDate(connection);
    } catch (SQLException e) {
      throw new StartupException(
          "Can't use the database at %s as %s: %s"
              .formatted(settings.address(), settings.user(), e.getMessage()),
          e);
    }
  }

  private static void migrate(DatabaseSettings settings, DataSource unpooled) {
    try {
      Migrations.BUNDLED.apply(unpooled);
    } catch (FlywayException e) {
      throw new StartupException(
          "Can't bring the schema of the database at %s up to date: %s"
              .formatted(settings.address(), e.getMessage()),
          e);
    }
  }
}
