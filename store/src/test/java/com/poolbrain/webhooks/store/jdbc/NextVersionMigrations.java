package com.poolbrain.webhooks.store.jdbc;

import com.poolbrain.webhooks.store.TestDatabase;

/// A version of this service that is yet to come, with migrations of its own.
public final class NextVersionMigrations {

  private NextVersionMigrations() {}

  /// Brings a database up to date as that version does when it starts.
  ///
  /// @param location of what it adds to the migrations of this version
  public static void apply(TestDatabase database, String location) {
    new Migrations(Migrations.BUNDLED.locations() + "," + location)
        .apply(DataSources.unpooled(database.settings()));
  }
}
