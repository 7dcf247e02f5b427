package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.HttpService.ListenException;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.SettingsException;
import com.poolbrain.webhooks.server.telemetry.LogConfigurator;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.secret.PrivateFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the service as a process.
///
/// ```java
/// System.exit(ServerMain.run(System.getenv(), null, System.out, System.err));
/// ```
public final class ServerMain {

  private static final int EXIT_INVALID_SETTINGS = 2;
  private static final int EXIT_STARTUP_FAILED = 1;

  private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

  private ServerMain() {}

  /// Runs the service until SIGTERM or Ctrl-C, then shuts it down in order.
  ///
  /// @param config a properties file; null for the file that [Settings#CONFIG_VARIABLE] names, if
  ///   any
  /// @param out gets one line when the service is ready
  /// @param err gets one sentence if the service can't start
  /// @return the exit code: 0, 1 if the service can't start, 2 if a setting is invalid
  public static int run(
      Map<String, String> environment, @Nullable Path config, PrintStream out, PrintStream err) {
    Settings settings;
    try {
      settings = Settings.read(environment, config);
    } catch (SettingsException invalid) {
      err.println(invalid.getMessage());
      return EXIT_INVALID_SETTINGS;
    }
    limitVirtualThreadCarriers();
    LogConfigurator.configure(settings.log());
    warnIfAccessible(Settings.configFile(environment, config));
    var application = new Application(settings);
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> shutDown(application, stopped), "webhooks-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      application.start();
    } catch (ListenException reason) {
      err.println(
          reason.getMessage() + " Choose another address with WEBHOOKS_HOST and WEBHOOKS_PORT.");
      return EXIT_STARTUP_FAILED;
    } catch (StartupException | LedgerException reason) {
      err.println(reason.getMessage());
      return EXIT_STARTUP_FAILED;
    }
    printReady(application, out);
    await(stopped);
    return 0;
  }

  /// The properties file may contain keys and passwords.
  private static void warnIfAccessible(@Nullable Path configFile) {
    try {
      if (configFile != null) {
        PrivateFiles.warnIfAccessible(configFile);
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      LOG.warn(
          "The mode of the settings file {} can't be read: {}", configFile, unknown.toString());
    }
  }

  /// Lets half of the processors carry virtual threads. With the JDK's default of all processors,
  /// idle carriers that look for work take CPU time from the event loops. Takes effect only before
  /// the first virtual thread.
  private static void limitVirtualThreadCarriers() {
    String name = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(name) == null) {
      int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
      System.setProperty(name, Integer.toString(half));
    }
  }

  private static void printReady(Application application, PrintStream out) {
    GeneratedKeys.StoredKey adminKey = application.generatedAdminKey();
    if (adminKey != null && adminKey.isNew()) {
      out.println(
          "Generated operator key, stored in %s: %s".formatted(adminKey.file(), adminKey.key()));
    }
    out.println("Ready at %1$s (documentation: %1$s/docs)".formatted(application.url()));
    out.flush();
  }

  private static void shutDown(Application application, CountDownLatch stopped) {
    application.close();
    LogConfigurator.close();
    stopped.countDown();
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
