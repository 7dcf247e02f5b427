package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an earlier life may have left behind in a data directory: a server that still runs, parts
/// of one, or the file that says so.
record StaleServerCleanup(Postmaster.Server server) {

  private static final Logger log = LoggerFactory.getLogger(StaleServerCleanup.class);

  private static final long STOP_TIMEOUT_SECONDS = 20;

  /// Ends what still runs on the data directory, and removes the file of a server that is gone.
  ///
  /// Processes are recognised by their working directory, which is the data directory in all parts
  /// of PostgreSQL; the number in the file may belong to something else by now.
  void cleanUp() throws IOException, InterruptedException {
    List<ProcessHandle> running = findRunning();
    OptionalLong pid = new PidFile(server.data()).pid();
    if (running.stream().anyMatch(p -> pid.isPresent() && p.pid() == pid.getAsLong())) {
      stopServer();
    }
    awaitEnd(running);
    Files.deleteIfExists(new PidFile(server.data()).path());
  }

  private void stopServer() throws InterruptedException {
    try {
      server.run("pg_ctl", List.of("stop", "-m", "fast", "-D", server.data().toString()));
    } catch (IOException e) {
      log.info("PostgreSQL was not told to stop; waiting for it to end: {}", e.getMessage());
    }
  }

  private void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
    CompletableFuture<?>[] exits =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StartupException(
          "Processes of an earlier PostgreSQL still use %s and don't end: %s. End them, then start again."
              .formatted(server.data(), findRunning().stream().map(ProcessHandle::pid).toList()),
          e);
    }
  }

  private List<ProcessHandle> findRunning() {
    return FolderProcesses.find(server.data());
  }
}
