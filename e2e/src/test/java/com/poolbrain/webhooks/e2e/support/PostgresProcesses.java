package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Processes of the PostgreSQL server of a data folder.
///
/// Backends start and end at any time, but only the postmaster starts them. So it is suspended
/// before its children are listed, and resumed after them.
public record PostgresProcesses(ProcessHandle postmaster) {

  private static final Path PID_FILE = Path.of("postgres", "postmaster.pid");

  /// Suspension of all processes until it is closed.
  public static final class Suspension implements AutoCloseable {

    private final List<ProcessHandle> processes;

    private Suspension(List<ProcessHandle> processes) {
      this.processes = processes;
    }

    @Override
    public void close() {
      ServiceProcess.signal("CONT", processes.reversed());
    }
  }

  /// The server that is running in this folder.
  public static PostgresProcesses inFolder(Path folder) {
    try {
      long pid = Long.parseLong(Files.readAllLines(folder.resolve(PID_FILE)).getFirst());
      return new PostgresProcesses(ProcessHandle.of(pid).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Suspends all processes.
  public Suspension suspend() {
    List<ProcessHandle> all = suspendAndList();
    ServiceProcess.signal("STOP", all);
    return new Suspension(all);
  }

  /// Kills all processes as `kill -9` does.
  public void kill() {
    List<ProcessHandle> all = suspendAndList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private List<ProcessHandle> suspendAndList() {
    ServiceProcess.signal("STOP", List.of(postmaster));
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }
}
