package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.jdbc.Database;

/// One database of a [TestServer], dropped when closed, whoever is still connected to it.
///
/// @param settings how to connect to it
public record TestDatabase(DatabaseSettings settings, DatabaseSettings serverSettings, String name)
    implements AutoCloseable {

  /// Opens it as the service does.
  public Database open() {
    return Database.open(settings);
  }

  @Override
  public void close() {
    RunningTestServer.execute(serverSettings, "drop database " + name + " with (force)");
  }
}
