package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.jdbc.Database;

/// A database of a [TestServer]. Closing it drops it, and ends all connections to it.
public record TestDatabase(
    DatabaseSettings settings, DatabaseSettings superuserSettings, String name)
    implements AutoCloseable {

  /// Opens the database as the service does.
  public Database open() {
    return Database.open(settings);
  }

  @Override
  public void close() {
    TestSql.execute(superuserSettings, "drop database " + name + " with (force)");
  }
}
