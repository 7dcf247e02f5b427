package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.PasswordMask;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.jdbc.MissingPartitionDetector.PartitionCreator;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A migrated PostgreSQL database with its connection pools.
///
/// ```java
/// try (var database = Database.open(DatabaseSettings.withDefaults(url, user, password))) {
///   long version = database.apiTransactions().read(connection -> …);
/// }
/// ```
public final class Database implements AutoCloseable {

  /// The oldest supported major version of PostgreSQL.
  public static final int MIN_SERVER_VERSION = 15;

  private static final String NOW =
      """
      select now() as now
      """;

  private static final String IS_SUPERUSER =
      """
      select current_setting('is_superuser')::boolean as is_superuser
      """;

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final DatabaseSettings settings;
  private final HikariDataSource ledgerPool;
  private final HikariDataSource apiPool;
  private final HikariDataSource controlPool;
  private final MissingPartitionDetector missingPartitionDetector = new MissingPartitionDetector();
  private final Transactions ledgerTransactions;
  private final Transactions apiTransactions;
  private final Transactions controlTransactions;

  private Database(DatabaseSettings settings) {
    this.settings = settings;
    this.ledgerPool = DataSources.ledgerPool(settings);
    this.apiPool = DataSources.apiPool(settings);
    this.controlPool = DataSources.controlPool(settings);
    this.ledgerTransactions = new Transactions(ledgerPool, missingPartitionDetector);
    this.apiTransactions = new Transactions(apiPool, missingPartitionDetector);
    this.controlTransactions = new Transactions(controlPool, missingPartitionDetector);
  }

  /// Connects, checks the server version and migrates the schema. Several nodes may do so at once.
  ///
  /// @throws StartupException if the database can't be used, saying why
  public static Database open(DatabaseSettings settings) {
    DataSource unpooled = unpooledDataSource(settings);
    requireSupportedServer(settings, unpooled);
    migrate(settings, unpooled);
    return new Database(settings);
  }

  /// Transactions of the hot path: storing events, claiming deliveries, recording results.
  public Transactions ledgerTransactions() {
    return ledgerTransactions;
  }

  /// Transactions of the API. The timeout of a statement is 5 seconds.
  public Transactions apiTransactions() {
    return apiTransactions;
  }

  /// Transactions of the lease, which don't wait for those of requests.
  public Transactions controlTransactions() {
    return controlTransactions;
  }

  /// Unpooled connections without a statement timeout, for maintenance.
  public DataSource maintenanceDataSource() {
    return DataSources.unpooled(settings);
  }

  /// Sets what creates partitions that are missing when rows are written.
  public void setPartitionCreator(PartitionCreator creator) {
    missingPartitionDetector.setCreator(creator);
  }

  /// Whether the database answers within a second, however busy requests keep it. For one caller at
  /// a time.
  public boolean isReachable() {
    try {
      return controlTransactions.<Boolean>read(connection -> connection.isValid(1));
    } catch (LedgerException.Unavailable e) {
      log.debug("The database does not answer.", e);
      return false;
    }
  }

  /// The current time of the database.
  ///
  /// @throws LedgerException if the database can't be reached
  public Instant now() {
    return apiTransactions.read(connection ->
        Sql.list(connection, NOW, _ -> {}, row -> ColumnValues.instant(row, "now")).getFirst());
  }

  @Override
  public void close() {
    ledgerPool.close();
    apiPool.close();
    controlPool.close();
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
          "The database address %s is not a PostgreSQL address: it must have the form jdbc:postgresql://host:5432/name."
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
      if (Sql.list(connection, IS_SUPERUSER, _ -> {}, row -> row.getBoolean(1)).getFirst()) {
        log.warn(
            "The database user {} is a superuser: give the service an ordinary role that owns its database.",
            settings.user());
      }
    } catch (SQLException e) {
      throw new StartupException(
          "Can't use the database at %s as %s: %s"
              .formatted(settings.address(), settings.user(), messageOf(e)),
          e);
    }
  }

  private static String messageOf(Exception failure) {
    return PasswordMask.hidePasswords(String.valueOf(failure.getMessage()));
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
                  .formatted(settings.address(), messageOf(e)),
          e);
    }
  }
}
