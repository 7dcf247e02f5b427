package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The service, running in this JVM.
///
/// ```java
/// @AutoClose private static final RunningService SERVICE = RunningService.start();
///
/// TestCompany company = SERVICE.createCompany();
/// ```
public final class RunningService implements AutoCloseable {

  private final Application application;
  private final @Nullable TestDatabase database;
  private final ServiceClient api;

  private RunningService(ServiceEnvironment environment, @Nullable TestDatabase database) {
    this.application = new Application(Settings.read(environment.variables(), null));
    this.database = database;
    application.start();
    this.api = new ServiceClient(application.url(), ServiceEnvironment.ADMIN_KEY);
  }

  /// Starts the service with these settings.
  public static RunningService start(ServiceEnvironment environment) {
    return new RunningService(environment, null);
  }

  /// Starts the service on a new database.
  ///
  /// @param settings names and values of environment variables in turn
  public static RunningService start(String... settings) {
    TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
    ServiceEnvironment environment = environmentOn(database.settings());
    for (int i = 0; i < settings.length; i += 2) {
      environment = environment.with(settings[i], settings[i + 1]);
    }
    return new RunningService(environment, database);
  }

  /// Environment of a service on this database.
  public static ServiceEnvironment environmentOn(DatabaseSettings database) {
    return ServiceEnvironment.onDatabase(database.jdbcUrl(), database.user(), database.password());
  }

  /// The URL of the service.
  public URI url() {
    return application.url();
  }

  /// A client with the operator key.
  public ServiceClient api() {
    return api;
  }

  /// Creates a company with webhooks enabled.
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
