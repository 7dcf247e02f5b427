package com.poolbrain.webhooks.store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Another process that runs the embedded database of a folder, to be killed.
final class EmbeddedPostgresProcess implements AutoCloseable {

  private final Process process;

  private EmbeddedPostgresProcess(Process process) {
    this.process = process;
  }

  /// Starts one and waits until its database takes connections.
  static EmbeddedPostgresProcess start(Path folder, Path programs) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    EmbeddedPostgresProcess.class.getName(),
                    folder.toString(),
                    programs.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    EmbeddedPostgresProcess child = new EmbeddedPostgresProcess(process);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(out.readLine())) {
      throw new IllegalStateException("the child ended without a database");
    }
    return child;
  }

  long pid() {
    return process.pid();
  }

  /// Ends it as `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Asks it to end, as `kill` does.
  void terminate() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /// What the child runs: a database, until its input ends or it is told to stop.
  public static void main(String[] arguments) throws IOException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    System.out.println("ready");
    int end = System.in.read();
    System.exit(end);
  }
}
