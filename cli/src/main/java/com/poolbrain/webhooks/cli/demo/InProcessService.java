package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.HttpService.ListenException;
import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.SettingsException;
import com.poolbrain.webhooks.store.StartupException;
import java.net.URI;
import java.util.Map;

/// The real service within this process.
public final class InProcessService implements DemoService {

  private final Application application;

  private InProcessService(Application application) {
    this.application = application;
  }

  /// Starts it with the settings of an environment.
  public static DemoService start(Map<String, String> environment) {
    try {
      Application application = new Application(Settings.read(environment, null));
      application.start();
      return new InProcessService(application);
    } catch (SettingsException | StartupException | ListenException | LedgerException e) {
      throw CommandException.of(String.valueOf(e.getMessage()));
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
