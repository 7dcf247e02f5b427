package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.demo.RunningService;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.http.HttpService.CannotListen;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.SettingsException;
import com.poolbrain.webhooks.store.StartupException;
import java.net.URI;
import java.util.Map;

/// The real service within this process.
final class InProcessService implements RunningService {

  private final Application application;

  private InProcessService(Application application) {
    this.application = application;
  }

  /// Starts it with the settings of an environment.
  static RunningService start(Map<String, String> environment) {
    try {
      Application application = new Application(Settings.read(environment, null));
      application.start();
      return new InProcessService(application);
    } catch (SettingsException | StartupException | CannotListen | LedgerException e) {
      throw Failure.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public URI url() {
    return application.url();
  }

  @Override
  public void close() {
    application.close();
  }
}
