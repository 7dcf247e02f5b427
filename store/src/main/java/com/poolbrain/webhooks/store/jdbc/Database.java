package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.partition.MissingPartitionDetector;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
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

  /// Connects, checks the server version and migrates the schema. Several nodes may do so at once.
  ///
  /// @throws StartupException if the database can't be used, saying why
  public static Database open(DatabaseSettings settings) {
    DataSource unpooled = unpooledDataSource(settings);
    requireSupportedServer(settings, unpooled);
    migrate(settings, unpooled);
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

  /// Whether the service works with a PostgreSQL of that major version.
  static boolean isSupported(int majorVersion) {
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

  private static void requireSupportedServer(DatabaseSettings settings, DataSource unpooled) {
    try (Connection connection = unpooled.getConnection()) {
      DatabaseMetaData server = connection.getMetaData();
      if (!isSupported(server.getDatabaseMajorVersion())) {
        throw new StartupException(
            "The database at %s is PostgreSQL %s; the service needs PostgreSQL %d or newer."
                .formatted(
                    settings.address(), server.getDatabaseProductVersion(), MIN_SERVER_VERSION));
      }
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
          Migrations.BUNDLED.isAnyModified(unpooled)
              ? "The database at %s was created by an earlier build, which this build can't upgrade: start with an empty data folder or an empty database, or run the earlier build."
                  .formatted(settings.address())
              : "Can't migrate the schema of the database at %s: %s"
                  .formatted(settings.address(), e.getMessage()),
          e);
    }
  }
}
