package com.poolbrain.webhooks.store;

/// A version of this service that is yet to come, with migrations of its own.
public final class NextVersion {

  private NextVersion() {}

  /// Brings a database up to date as that version does when it starts.
  ///
  /// @param location of what it adds to the migrations of this version
  public static void migrate(TestDatabase database, String location) {
    new Migrations(Migrations.OWN.location() + "," + location)
        .apply(Pools.unpooled(database.settings()));
  }
}
