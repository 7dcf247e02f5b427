package com.poolbrain.webhooks.cli.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.server.Serve;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One start of the service on a new database, some seconds of work, and its end. The launcher has
/// Java record it after a build, so that later starts find ready what this one has to load, and
/// know from the first event on what is worth compiling.
///
/// The work comes from [Traffic] in another process: what is recorded is the service alone.
public final class Rehearsal {

  private static final long LONGEST_MINUTES = 3;
  private static final Pattern READY = Pattern.compile("Ready at (\\S+).*");

  private Rehearsal() {}

  /// Rehearses with settings of its own, whatever the environment says, and ends the process: with
  /// 0 if the service did all its work, else with another code and the reason on standard error.
  ///
  /// @param args a missing or empty folder, in which the service leaves its data
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Path authority = folder.resolve("ca.pem");
    String key = "rehearsal_" + UUID.randomUUID();
    Process traffic = traffic(authority, key);
    CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES).execute(Rehearsal::giveUp);
    if (!Traffic.LISTENING.equals(traffic.inputReader(UTF_8).readLine())) {
      System.exit(1); // it said why
    }
    var said = new PipedInputStream();
    var out = new PrintStream(new PipedOutputStream(said), true, UTF_8);
    Thread.ofPlatform().daemon().start(() -> System.exit(work(said, traffic)));
    var settings =
        Map.of(
            "WEBHOOKS_PORT", "0",
            "WEBHOOKS_DATA_DIR", folder.toString(),
            "WEBHOOKS_ADMIN_KEY", key,
            "WEBHOOKS_EXTRA_CA", authority.toString(),
            "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128",
            "WEBHOOKS_RETRY_SCHEDULE", "500ms,1s,1s",
            "WEBHOOKS_MAX_IN_FLIGHT", "20000"); // so that as many may fail as there is time for
    System.exit(Serve.run(settings, null, out, System.err));
  }

  private static Process traffic(Path authority, String key) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getPackageName() + ".Traffic",
                authority.toString()));
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put(Traffic.KEY, key);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Waits until the service is ready and the traffic is over.
  private static int work(PipedInputStream said, Process traffic) {
    try (var lines = new BufferedReader(new InputStreamReader(said, UTF_8));
        var toTraffic = traffic.outputWriter(UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        Matcher ready = READY.matcher(line);
        if (ready.matches()) {
          toTraffic.write(ready.group(1) + "\n");
          toTraffic.flush();
          return traffic.waitFor();
        }
      }
      throw new IOException("The service never said that it was ready.");
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.err.println("The rehearsal broke off: " + e.getMessage());
      return 1;
    }
  }

  private static void giveUp() {
    System.err.println("The rehearsal was not over after " + LONGEST_MINUTES + " minutes.");
    System.exit(1);
  }
}
