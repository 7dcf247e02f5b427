package com.poolbrain.webhooks.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The processes of the PostgreSQL whose data is in a folder.
///
/// New ones begin and others end at any time, but only the first of them, the postmaster, begins
/// any and sees the last of those that end. So it is stopped before the others are looked up, and
/// goes on after them.
public record PostgresProcesses(ProcessHandle postmaster) {

  private static final Path PID_FILE = Path.of("postgres", "postmaster.pid");

  /// All of them, stopped in the middle of whatever they do until this is closed.
  public static final class Suspension implements AutoCloseable {

    private final List<ProcessHandle> processes;

    private Suspension(List<ProcessHandle> processes) {
      this.processes = processes;
    }

    @Override
    public void close() {
      signal("CONT", processes.reversed());
    }
  }

  /// The one that runs there now.
  public static PostgresProcesses inFolder(Path folder) {
    try {
      long pid = Long.parseLong(Files.readAllLines(folder.resolve(PID_FILE)).getFirst());
      return new PostgresProcesses(ProcessHandle.of(pid).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops all of them, to be thawed.
  public Suspension suspend() {
    List<ProcessHandle> all = suspendAndList();
    signal("STOP", all);
    return new Suspension(all);
  }

  /// Ends all of them as `kill -9` does.
  public void kill() {
    List<ProcessHandle> all = suspendAndList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private List<ProcessHandle> suspendAndList() {
    signal("STOP", List.of(postmaster));
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) {
    List<String> command =
        Stream.concat(
                Stream.of("kill", "-" + name),
                processes.stream().map(process -> Long.toString(process.pid())))
            .toList();
    Shell.run(command, "one of them may have ended");
  }
}
