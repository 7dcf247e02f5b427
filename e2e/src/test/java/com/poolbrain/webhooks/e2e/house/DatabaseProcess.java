package com.poolbrain.webhooks.e2e.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The processes of the PostgreSQL whose data is in a folder.
public record DatabaseProcess(ProcessHandle postmaster) {

  /// The one that runs there now.
  public static DatabaseProcess in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      Path file =
          files
              .filter(path -> path.endsWith("postmaster.pid"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no postmaster in " + folder));
      long pid = Long.parseLong(Files.readAllLines(file).getFirst());
      return new DatabaseProcess(ProcessHandle.of(pid).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a signal, such as `STOP`, to all of them.
  public void signal(String name) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("kill", "-" + name), all().map(process -> Long.toString(process.pid())))
            .toList();
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new AssertionError(command + " failed");
    }
  }

  /// Ends all of them as `kill -9` does.
  public void kill() {
    List<ProcessHandle> processes = all().toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(postmaster), postmaster.descendants());
  }
}
