package com.poolbrain.webhooks.store.jdbc;

import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The Flyway migrations of the schema. If several nodes start at once, one migrates and the others
/// wait for it.
///
/// Migrations only expand the schema: the previous version of the service keeps working while they
/// run, and can start on the schema that they made.
///
/// @param locations Flyway locations, separated by commas
record Migrations(String locations) {

  /// The migrations of this version.
  static final Migrations BUNDLED = new Migrations("classpath:db/migration");

  /// Applies the migrations that the database does not have yet.
  ///
  /// @throws FlywayException if a migration fails, or if the database has other migrations
  void apply(DataSource dataSource) {
    flyway(dataSource).migrate();
  }

  /// Whether the database has a migration whose file has another content in this version.
  boolean isAnyModified(DataSource dataSource) {
    return Arrays.stream(flyway(dataSource).info().applied())
        .anyMatch(migration -> !migration.isChecksumMatching());
  }

  private Flyway flyway(DataSource dataSource) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations(locations.split(",", -1))
        // A lock in a transaction would block "create index concurrently", which waits for all open
        // transactions.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .load();
  }
}
