package com.poolbrain.webhooks.cli.aot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.server.ServerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Training run for the AOT cache: starts the service on a new database, lets it work for some
/// seconds, and stops it. The launcher records it after a build. Later starts take loaded classes
/// and method profiles from the cache.
///
/// The load comes from [TrainingLoad] in another process, so that only the service is recorded.
public final class AotTrainingRun {

  private static final long TIMEOUT_MINUTES = 3;

  /// What decodes file names. Other variables may hold keys, or options of Java.
  private static final Set<String> PASSED_VARIABLES = Set.of("LANG", "LC_ALL", "LC_CTYPE");

  private static final Pattern READY_LINE = Pattern.compile("Ready at (\\S+).*");

  private AotTrainingRun() {}

  /// Runs with fixed settings; the environment is ignored. Exits with 0 if the service did all the
  /// work, else with another code and the reason on standard error.
  ///
  /// @param args a missing or empty folder for the data of the service
  public static void main(String[] args) throws IOException {
    Path dataFolder = Path.of(args[0]).toAbsolutePath();
    Path caFile = dataFolder.resolve("ca.pem");
    String key = "training_" + UUID.randomUUID();
    Process loadProcess = startLoadProcess(caFile, key);
    CompletableFuture.delayedExecutor(TIMEOUT_MINUTES, TimeUnit.MINUTES)
        .execute(AotTrainingRun::abortOnTimeout);
    if (!TrainingLoad.LISTENING.equals(loadProcess.inputReader(UTF_8).readLine())) {
      System.exit(1); // the load process has printed the reason
    }
    var serviceOutput = new PipedInputStream();
    var out = new PrintStream(new PipedOutputStream(serviceOutput), true, UTF_8);
    Thread.ofPlatform().daemon().start(() -> System.exit(runLoad(serviceOutput, loadProcess)));
    var settings =
        Map.of(
            "WEBHOOKS_PORT", "0",
            "WEBHOOKS_DATA_DIR", dataFolder.toString(),
            "WEBHOOKS_ADMIN_KEY", key,
            "WEBHOOKS_EXTRA_CA", caFile.toString(),
            "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
            "WEBHOOKS_RETRY_SCHEDULE", "500ms,1s,1s",
            "WEBHOOKS_MAX_IN_FLIGHT", "20000"); // failing attempts must not be held back
    System.exit(ServerMain.run(settings, null, out, System.err));
  }

  private static Process startLoadProcess(Path caFile, String key) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingLoad.class.getName(),
                caFile.toString()));
    builder.environment().keySet().retainAll(PASSED_VARIABLES);
    builder.environment().put(TrainingLoad.KEY_VARIABLE, key);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Waits until the service is ready, and then for the end of the load.
  private static int runLoad(PipedInputStream serviceOutput, Process loadProcess) {
    try (var lines = new BufferedReader(new InputStreamReader(serviceOutput, UTF_8));
        var loadInput = loadProcess.outputWriter(UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        Matcher ready = READY_LINE.matcher(line);
        if (ready.matches()) {
          loadInput.write(ready.group(1) + "\n");
          loadInput.flush();
          return loadProcess.waitFor();
        }
      }
      throw new IOException("the service printed no ready line");
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.err.println("AOT training run failed: " + e.getMessage());
      return 1;
    }
  }

  private static void abortOnTimeout() {
    System.err.println(
        "AOT training run failed: not finished after " + TIMEOUT_MINUTES + " minutes");
    System.exit(1);
  }
}
