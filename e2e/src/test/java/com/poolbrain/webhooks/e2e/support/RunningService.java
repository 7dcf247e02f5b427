package com.poolbrain.webhooks.e2e.support;

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
public final class RunningService implements AutoCloseable {

  private final Application application;
  private final @Nullable TestDatabase database;
  private final ApiClient api;

  private RunningService(ServiceEnvironment environment, @Nullable TestDatabase database) {
    this.application = new Application(Settings.read(environment.variables(), null));
    this.database = database;
    application.start();
    this.api = new ApiClient(application.url(), ServiceEnvironment.ADMIN_KEY);
  }

  /// With these settings.
  public static RunningService start(ServiceEnvironment environment) {
    return new RunningService(environment, null);
  }

  /// On a database of its own; settings are variables and values in turn.
  public static RunningService start(String... settings) {
    TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
    ServiceEnvironment environment = ServiceEnvironment.onDatabase(database.settings());
    for (int i = 0; i < settings.length; i += 2) {
      environment = environment.with(settings[i], settings[i + 1]);
    }
    return new RunningService(environment, database);
  }

  /// Where it listens.
  public URI url() {
    return application.url();
  }

  /// Its API, for an operator.
  public ApiClient api() {
    return api;
  }

  /// A new company that uses webhooks.
  public TestCompany createCompany() {
    return TestCompany.create(api);
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
