package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.store.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops server processes that an earlier process left running on a data directory, and removes its
/// pid file.
record StaleServerCleanup(Postmaster.Server server) {

  private static final Logger log = LoggerFactory.getLogger(StaleServerCleanup.class);

  private static final long STOP_TIMEOUT_SECONDS = 20;

  /// Stops processes that use the data directory, and removes the pid file.
  ///
  /// Processes are recognized by their working directory, because the id in the pid file may belong
  /// to another process by now.
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
      log.info("PostgreSQL could not be told to stop. Waiting for it to end: {}", e.getMessage());
    }
  }

  private void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
    CompletableFuture<?>[] exits =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StartupException(
          "Processes of an earlier PostgreSQL use %s and do not end: %s. Kill them, then start again."
              .formatted(server.data(), findRunning().stream().map(ProcessHandle::pid).toList()),
          e);
    }
  }

  private List<ProcessHandle> findRunning() {
    return findProcesses(server.data());
  }

  /// The processes with this working directory. All processes of a PostgreSQL server have its data
  /// directory as working directory.
  static List<ProcessHandle> findProcesses(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> hasWorkingDirectory(process, folder))
        .toList();
  }

  private static boolean hasWorkingDirectory(ProcessHandle process, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(folder);
    } catch (IOException e) {
      return false; // it has ended, or it belongs to another user, so it is no server of ours
    }
  }
}
