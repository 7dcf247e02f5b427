package com.poolbrain.webhooks.store;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The steps that bring a schema up to date. Of several nodes one takes them, and the others wait.
///
/// They only ever expand: the version before works on while they run, and starts on what they have
/// made.
record Migrations(String location) {

  /// Those of this version.
  static final Migrations OWN = new Migrations("classpath:db/migration");

  /// Takes those that were not taken yet.
  ///
  /// @throws org.flywaydb.core.api.FlywayException if one fails
  void apply(DataSource database) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations(location.split(",", -1))
        // An index that is made concurrently waits for every transaction that is open, also for one
        // that holds a lock for as long as there are steps to take.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .load()
        .migrate();
  }
}
