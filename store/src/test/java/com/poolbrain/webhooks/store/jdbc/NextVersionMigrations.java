package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.store.TestDatabase;

/// The migrations of a future version of the service.
public final class NextVersionMigrations {

  private NextVersionMigrations() {}

  /// Migrates a database as the future version does when it starts.
  ///
  /// @param location the Flyway location of its additional migrations
  public static void apply(TestDatabase database, String location) {
    new Migrations(Migrations.BUNDLED.locations() + "," + location)
        .apply(DataSources.unpooled(database.settings()));
  }
}
