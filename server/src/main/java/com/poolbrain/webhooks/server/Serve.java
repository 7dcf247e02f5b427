package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.server.http.HttpService.CannotListen;
import com.poolbrain.webhooks.server.ops.Logging;
import com.poolbrain.webhooks.server.settings.Settings;
import com.poolbrain.webhooks.server.settings.SettingsException;
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
public final class Serve {

  private static final int WRONG_SETTINGS = 2;
  private static final int CANNOT_START = 1;

  private Serve() {}

  /// Runs the service until the process is told to end (SIGTERM, Ctrl-C), and ends it in order.
  ///
  /// @param config a properties file; null for the one of [Settings#CONFIG], if any
  /// @param out is told in one line when the service is ready
  /// @param err is told in one sentence why it can't start
  /// @return the exit code: 0, 1 if it can't start, 2 if its settings are wrong
  public static int run(
      Map<String, String> environment, @Nullable Path config, PrintStream out, PrintStream err) {
    Settings settings;
    try {
      settings = Settings.read(environment, config);
    } catch (SettingsException wrong) {
      err.println(wrong.getMessage());
      return WRONG_SETTINGS;
    }
    carryVirtualThreads();
    Logging.configure(settings.reporting().logFormat(), settings.reporting().logLevel());
    var application = new Application(settings);
    var ended = new CountDownLatch(1);
    var hook = new Thread(() -> end(application, ended), "webhooks-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      application.start();
    } catch (StartupException | CannotListen | LedgerException reason) {
      err.println(reason.getMessage());
      return CANNOT_START;
    }
    announce(application, out);
    await(ended);
    return 0;
  }

  /// Half of the processors carry virtual threads; the JDK would take all, which then look for work
  /// in vain and take the event loops' time. Counts only before the first virtual thread.
  private static void carryVirtualThreads() {
    String name = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(name) == null) {
      int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
      System.setProperty(name, Integer.toString(half));
    }
  }

  private static void announce(Application application, PrintStream out) {
    String key = application.newAdminKey();
    if (key != null) {
      out.println(
          "Operator key, made up now and kept in %s: %s"
              .formatted(application.adminKeyFile(), key));
    }
    out.println("Ready at %1$s (documentation: %1$s/docs)".formatted(application.url()));
    out.flush();
  }

  private static void end(Application application, CountDownLatch ended) {
    application.close();
    ended.countDown();
  }

  private static void await(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
