package com.poolbrain.webhooks.store.embedded;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A running PostgreSQL server. It stops when this JVM ends, even after a kill: its parent process,
/// the guard, stops it at the end of the guard's standard input, which only this JVM keeps open.
///
/// The server runs in its own session, so that Ctrl-C in a terminal signals only this JVM, which
/// stops the server after its users.
public final class Postmaster implements AutoCloseable {

  private static final String GUARD_SCRIPT =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      ( read -r _ <&3; kill -INT $server ) </dev/null >/dev/null 2>&1 &
      watch=$!
      exec 3<&-
      wait $server
      code=$?
      kill $watch 2>/dev/null
      exit $code
      """;

  private static final Set<String> PASSED_VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH");
  private static final long STOP_TIMEOUT_SECONDS = 30;
  private static final int LOG_TAIL_LINES = 5;

  private final Server server;
  private final Process guard;

  private Postmaster(Server server, Process guard) {
    this.server = server;
    this.guard = guard;
  }

  /// The parts of a server.
  ///
  /// @param data its data directory
  /// @param log its log file
  public record Server(Installation installation, Path data, ServerUser user, Path log) {

    /// The command line of a PostgreSQL program, run as the user of the server.
    List<String> command(String program, List<String> arguments) {
      List<String> command = new ArrayList<>(user.commandPrefix());
      command.add(installation.bin().resolve(program).toString());
      command.addAll(arguments);
      return command;
    }

    /// Runs a PostgreSQL program and waits until it ends.
    void run(String program, List<String> arguments) throws IOException, InterruptedException {
      Process process = processBuilder(command(program, arguments)).start();
      awaitSuccess(program, process);
    }

    /// Executes SQL statements as superuser while the server is not running.
    ///
    /// @param statements each of one line; they may contain passwords, so they are not logged
    void execute(String... statements) throws IOException, InterruptedException {
      List<String> arguments =
          List.of(
              "--single",
              "-D",
              data.toString(),
              "-c",
              "exit_on_error=true",
              "-c",
              "log_min_error_statement=panic",
              "postgres");
      Process process = processBuilder(command("postgres", arguments)).start();
      try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
        input.write(String.join("\n", statements) + "\n");
      }
      awaitSuccess("postgres --single", process);
    }

    /// A process that writes to the log file. Of the environment, which contains the keys of the
    /// service, it gets only what finds programs and libraries.
    private ProcessBuilder processBuilder(List<String> command) {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(installation.bin().toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      builder.environment().keySet().retainAll(PASSED_VARIABLES);
      return builder;
    }

    private void awaitSuccess(String program, Process process)
        throws IOException, InterruptedException {
      if (process.waitFor() != 0) {
        throw new IOException(
            "%s ended with exit code %d: %s".formatted(program, process.exitValue(), logTail()));
      }
    }

    private String logTail() throws IOException {
      List<String> lines = Files.readAllLines(log);
      int start = Math.max(0, lines.size() - LOG_TAIL_LINES);
      return String.join(" ", lines.subList(start, lines.size()));
    }
  }

  /// Starts a server and waits until it accepts connections.
  ///
  /// @param options settings as `name=value`, which override those in configuration files
  public static Postmaster start(Server server, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(server.user().commandPrefix());
    command.addAll(List.of("sh", "-c", GUARD_SCRIPT, "guard"));
    command.add(server.installation().bin().resolve("postgres").toString());
    command.addAll(List.of("-D", server.data().toString()));
    options.forEach(option -> command.addAll(List.of("-c", option)));
    Process guard = server.processBuilder(command).start();
    Postmaster started = new Postmaster(server, guard);
    boolean ready = false;
    try {
      started.awaitReady();
      ready = true;
      return started;
    } finally {
      if (!ready) {
        started.close();
      }
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    while (!new PidFile(server.data()).isServerReady()) {
      if (guard.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IOException("PostgreSQL ended during its start: " + server.logTail());
      }
    }
  }

  /// Completes when the server has ended.
  public CompletableFuture<Void> onExit() {
    return guard.onExit().thenAccept(_ -> {});
  }

  /// Stops the server. Open transactions are rolled back.
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        server.run("pg_ctl", List.of("stop", "-m", "immediate", "-D", server.data().toString()));
        guard.waitFor();
      }
    } catch (IOException e) {
      throw new IllegalStateException("can't stop PostgreSQL in " + server.data(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
