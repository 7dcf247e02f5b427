package com.poolbrain.webhooks.consumer.jdbc;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// With a pool whose connections are not in auto-commit, as many applications have it.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoresTest implements JdbcContract {

  private EmbeddedPostgres postgres;
  private HikariDataSource pool;

  @BeforeAll
  void start(@TempDir Path folder) {
    postgres = EmbeddedPostgres.start(folder);
    DatabaseSettings settings = postgres.settings();
    pool = new HikariDataSource();
    pool.setJdbcUrl(settings.jdbcUrl());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setMaximumPoolSize(12);
    pool.setAutoCommit(false);
  }

  @AfterAll
  void stop() {
    pool.close();
    postgres.close();
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }
}
