package com.poolbrain.webhooks.store.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A running PostgreSQL server. It stops when this JVM ends, however that happens: a guard, the
/// parent of the server, waits for the end of its input, which only this JVM holds open.
///
/// The server is in a session of its own, so that Ctrl-C in a terminal reaches this JVM alone,
/// which then stops the server when it no longer needs it.
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

  private static final long STOP_TIMEOUT_SECONDS = 30;

  private final Server server;
  private final Process guard;

  private Postmaster(Server server, Process guard) {
    this.server = server;
    this.guard = guard;
  }

  /// What a server is made of.
  ///
  /// @param data its data directory
  /// @param log where it says what happens
  public record Server(Installation installation, Path data, ServerUser user, Path log) {

    /// The command line of one of the server's programs.
    List<String> command(String program, List<String> arguments) {
      List<String> command = new ArrayList<>(user.commandPrefix());
      command.add(installation.bin().resolve(program).toString());
      command.addAll(arguments);
      return command;
    }

    /// Runs one of the server's programs to its end.
    void run(String program, List<String> arguments) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(command(program, arguments))
              .directory(installation.bin().toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(
            "%s ended with code %d: %s".formatted(program, process.exitValue(), LogTail.read(log)));
      }
    }
  }

  /// Starts a server and waits until it takes connections.
  ///
  /// @param options as `name=value`, stronger than those in the server's own files
  public static Postmaster start(Server server, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(server.user().commandPrefix());
    command.addAll(List.of("sh", "-c", GUARD_SCRIPT, "guard"));
    command.add(server.installation().bin().resolve("postgres").toString());
    command.addAll(List.of("-D", server.data().toString()));
    options.forEach(option -> command.addAll(List.of("-c", option)));
    Process guard =
        new ProcessBuilder(command)
            .directory(server.installation().bin().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(server.log().toFile()))
            .start();
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
        throw new IOException("PostgreSQL ended at once: " + LogTail.read(server.log()));
      }
    }
  }

  /// Done when the server has ended, whoever ended it.
  public CompletableFuture<Void> onExit() {
    return guard.onExit().thenAccept(_ -> {});
  }

  /// Stops the server: open transactions are rolled back, what was committed is on disk.
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        server.run("pg_ctl", List.of("stop", "-m", "immediate", "-D", server.data().toString()));
        guard.waitFor();
      }
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL in " + server.data() + " can't be stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
