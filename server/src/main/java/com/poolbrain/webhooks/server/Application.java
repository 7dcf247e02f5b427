package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.engine.runtime.Service;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.server.settings.Settings;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The complete service in this process.
///
/// ```java
/// try (var application = new Application(Settings.read(System.getenv(), null))) {
///   application.start();
///   System.out.println(application.url());
/// }
/// ```
public final class Application implements Service {

  private final Settings settings;
  private final CloseStack closeStack = new CloseStack();
  private @Nullable Wiring wiring;

  /// Creates a service that is not started.
  public Application(Settings settings) {
    this.settings = settings;
  }

  /// Opens the database, registers the node and listens. If a step fails, everything is closed.
  ///
  /// @throws com.poolbrain.webhooks.store.StartupException if the database can't be used
  /// @throws com.poolbrain.webhooks.engine.ledger.LedgerException if the database fails during the
  ///   start
  /// @throws HttpService.ListenException if the address can't be bound
  @Override
  public void start() {
    try {
      wiring = new Wiring(settings, closeStack);
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  /// All routes of the API.
  public List<HttpRoute> routes() {
    return started().routes;
  }

  /// All routes of the settings page and the support console.
  public List<HttpRoute> pageRoutes() {
    return started().web.routes();
  }

  /// The URL of the API on this machine, without a slash at the end.
  public URI url() {
    return PageAddresses.listening(settings.http().host(), started().http.port());
  }

  /// The generated operator key of an embedded database; null if the key was configured or the
  /// database is external.
  GeneratedKeys.@Nullable StoredKey generatedAdminKey() {
    return started().store.generatedAdminKey();
  }

  /// Finishes running requests and attempts, and closes everything, within 15 s.
  @Override
  public void close() {
    closeStack.close();
  }

  private Wiring started() {
    if (wiring == null) {
      throw new IllegalStateException("the application is not started");
    }
    return wiring;
  }
}
