package com.poolbrain.webhooks.cli.demo;

import com.poolbrain.webhooks.cli.listen.CertificateFiles;
import com.poolbrain.webhooks.cli.listen.WebhookListener;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.runtime.CloseStack;
import com.poolbrain.webhooks.http.HttpService.ListenException;
import com.poolbrain.webhooks.server.Application;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.SettingsException;
import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// The running parts of the demo: an HTTPS receiver, and a service on its own database that trusts
/// the receiver. Consumers of this machine may subscribe with plain HTTP. Files are in a temporary
/// folder.
///
/// @param adminKey operator key of the service
record DemoEnvironment(URI serviceUrl, String adminKey, WebhookListener listener) {

  /// Starts all parts and adds them to the stack, which closes them.
  ///
  /// @param port of the service, 0 for any free port
  static DemoEnvironment start(int port, CloseStack closeStack) {
    TemporaryFolder folder = closeStack.keep(TemporaryFolder.create());
    Path caFile = folder.resolve("ca.pem");
    WebhookListener listener = closeStack.keep(startListener(caFile));
    String adminKey = "demo_" + UUID.randomUUID();
    Application service =
        closeStack.keep(
            startService(
                Map.of(
                    "WEBHOOKS_PORT",
                    Integer.toString(port),
                    "WEBHOOKS_DATA_DIR",
                    folder.resolve("data").toString(),
                    "WEBHOOKS_ADMIN_KEY",
                    adminKey,
                    "WEBHOOKS_EXTRA_CA",
                    caFile.toString(),
                    "WEBHOOKS_ALLOWED_NETWORKS",
                    "127.0.0.0/8,::1/128",
                    "WEBHOOKS_ALLOW_HTTP",
                    "true",
                    "WEBHOOKS_RETRY_SCHEDULE",
                    "500ms,1s,2s")));
    return new DemoEnvironment(service.url(), adminKey, listener);
  }

  @Override
  public String toString() {
    return "DemoEnvironment[" + serviceUrl + "]";
  }

  private static WebhookListener startListener(Path caFile) {
    try {
      return WebhookListener.start(
          "127.0.0.1", 0, new CertificateFiles(caFile).loadOrCreate(Instant.now()));
    } catch (IOException e) {
      throw CommandException.of("cannot start the receiver of the demo: " + IoMessages.describe(e));
    }
  }

  private static Application startService(Map<String, String> environment) {
    try {
      Application application = new Application(Settings.read(environment, null));
      application.start();
      return application;
    } catch (SettingsException | StartupException | ListenException | LedgerException e) {
      throw CommandException.of(String.valueOf(e.getMessage()));
    }
  }
}
