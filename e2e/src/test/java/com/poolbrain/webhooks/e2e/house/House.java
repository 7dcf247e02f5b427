package com.poolbrain.webhooks.e2e.house;

import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The real service, in this process.
///
/// ```java
/// @AutoClose private static final House HOUSE = House.open();
///
/// Company company = HOUSE.newCompany();
/// ```
public final class House implements AutoCloseable {

  private final Application application;
  private final @Nullable TestDatabase database;
  private final Api api;

  private House(Setup setup, @Nullable TestDatabase database) {
    this.application = new Application(Settings.read(setup.environment(), null));
    this.database = database;
    application.start();
    this.api = new Api(application.url(), Setup.ADMIN_KEY);
  }

  /// With these settings.
  public static House open(Setup setup) {
    return new House(setup, null);
  }

  /// On a database of its own; settings are variables and values in turn.
  public static House open(String... settings) {
    TestDatabase database = TestServer.EMBEDDED_18.fresh();
    Setup setup = Setup.on(database.settings());
    for (int i = 0; i < settings.length; i += 2) {
      setup = setup.with(settings[i], settings[i + 1]);
    }
    return new House(setup, database);
  }

  /// Where it listens.
  public URI url() {
    return application.url();
  }

  /// Its API, for an operator.
  public Api api() {
    return api;
  }

  /// A new company that uses webhooks.
  public Company newCompany() {
    return Company.signUp(api);
  }

  @Override
  public void close() {
    api.close();
    application.close();
    if (database != null) {
      database.close();
    }
  }
}
