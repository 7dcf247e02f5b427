package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Creates the connection pools. They notice the loss of the database within seconds, and reconnect
/// as soon as it is back.
final class DataSources {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /// Longer than any statement timeout, so that it only ends calls on lost connections.
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

  /// Array types that the driver sends as text by default, which takes both sides several times as
  /// long.
  private static final String BINARY_ARRAY_TYPES = "UUID_ARRAY,BOOL_ARRAY,TIMESTAMPTZ_ARRAY";

  /// Statements of the hot path are planned once, with index scans only. Otherwise a plan that was
  /// made while `open_delivery` was empty would be kept when the table has a million rows.
  private static final String GENERIC_PLAN_SETTINGS =
      "; set plan_cache_mode = force_generic_plan; set enable_seqscan = off"
          + "; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

  private DataSources() {}

  /// The pool of the hot path. All its connections stay open, so that a burst of requests does not
  /// wait for handshakes.
  static HikariDataSource ledgerPool(DatabaseSettings settings) {
    return hotPathPool(settings, "ledger", settings.ledgerConnections());
  }

  /// The connections of the lease and of health checks, which use one each. They never wait for
  /// connections that requests keep busy.
  static HikariDataSource controlPool(DatabaseSettings settings) {
    return hotPathPool(settings, "control", 2);
  }

  private static HikariDataSource hotPathPool(
      DatabaseSettings settings, String name, int connections) {
    HikariConfig config = hikariConfig(settings, name, "8s");
    config.setConnectionInitSql(config.getConnectionInitSql() + GENERIC_PLAN_SETTINGS);
    config.addDataSourceProperty("binaryTransferEnable", BINARY_ARRAY_TYPES);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(connections);
    return new HikariDataSource(config);
  }

  /// The pool of the API.
  static HikariDataSource apiPool(DatabaseSettings settings) {
    HikariConfig config = hikariConfig(settings, "api", "5s");
    config.setMaximumPoolSize(settings.apiConnections());
    config.setMinimumIdle(Math.min(2, settings.apiConnections()));
    return new HikariDataSource(config);
  }

  /// Unpooled connections without a statement timeout.
  static DataSource unpooled(DatabaseSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.jdbcUrl());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setApplicationName("poolbrain-webhooks maintenance");
    source.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
    source.setTcpKeepAlive(true);
    source.setLogServerErrorDetail(false); // it shows values of the row
    return source;
  }

  private static HikariConfig hikariConfig(
      DatabaseSettings settings, String poolName, String statementTimeout) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(poolName);
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
    config.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
    config.setExceptionOverride(new ReplicaEvictionPolicy());
    // No statement runs long enough to pay for its compilation by the server.
    config.setConnectionInitSql(
        "set statement_timeout = '%s'; set idle_in_transaction_session_timeout = '10s'; set jit = off"
            .formatted(statementTimeout));
    config.addDataSourceProperty("ApplicationName", "poolbrain-webhooks " + poolName);
    // Hikari ignores property values that are not strings.
    config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    config.addDataSourceProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("logServerErrorDetail", "false"); // it shows values of the row
    return config;
  }

  /// Evicts connections to a server that has become a replica, so that the pool finds the primary.
  private static final class ReplicaEvictionPolicy implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return SqlErrorTranslator.READ_ONLY_TRANSACTION.equals(failure.getSQLState())
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }
}
