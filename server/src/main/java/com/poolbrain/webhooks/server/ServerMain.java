package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.http.HttpService.ListenException;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.SettingsException;
import com.poolbrain.webhooks.server.telemetry.LogConfigurator;
import com.poolbrain.webhooks.store.StartupException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Runs the service as a process.
///
/// ```java
/// System.exit(Serve.run(System.getenv(), null, System.out, System.err));
/// ```
public final class ServerMain {

  private static final int EXIT_INVALID_SETTINGS = 2;
  private static final int EXIT_STARTUP_FAILED = 1;

  private ServerMain() {}

  /// Runs the service until the process is told to end (SIGTERM, Ctrl-C), and ends it in order.
  ///
  /// @param config a properties file; null for the one of [Settings#CONFIG_VARIABLE], if any
  /// @param out is told in one line when the service is ready
  /// @param err is told in one sentence why it can't start
  /// @return the exit code: 0, 1 if it can't start, 2 if its settings are wrong
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
    LogConfigurator.configure(settings.log().logFormat(), settings.log().logLevel());
    var application = new Application(settings);
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> shutDown(application, stopped), "webhooks-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      application.start();
    } catch (StartupException | ListenException | LedgerException reason) {
      err.println(reason.getMessage());
      return EXIT_STARTUP_FAILED;
    }
    printReady(application, out);
    await(stopped);
    return 0;
  }

  /// Half of the processors carry virtual threads; the JDK would take all, which then look for work
  /// in vain and take the event loops' time. Counts only before the first virtual thread.
  private static void limitVirtualThreadCarriers() {
    String name = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(name) == null) {
      int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
      System.setProperty(name, Integer.toString(half));
    }
  }

  private static void printReady(Application application, PrintStream out) {
    String key = application.newAdminKey();
    if (key != null) {
      out.println(
          "Operator key, made up now and kept in %s: %s"
              .formatted(application.adminKeyFile(), key));
    }
    out.println("Ready at %1$s (documentation: %1$s/docs)".formatted(application.url()));
    out.flush();
  }

  private static void shutDown(Application application, CountDownLatch stopped) {
    application.close();
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
