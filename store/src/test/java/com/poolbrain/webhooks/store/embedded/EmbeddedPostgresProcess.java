package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;

/// Another JVM that runs the embedded database of a folder.
final class EmbeddedPostgresProcess implements AutoCloseable {

  private static final String STARTED = "the embedded database of the child has started";

  private final ServiceProcess process;

  private EmbeddedPostgresProcess(ServiceProcess process) {
    this.process = process;
  }

  /// Starts the JVM and waits until its database accepts connections.
  static EmbeddedPostgresProcess start(Path folder, Path programs) {
    ServiceProcess process =
        ServiceProcess.start(
            ServiceProcess.javaCommand(
                "-XX:TieredStopAtLevel=1",
                EmbeddedPostgresProcess.class.getName(),
                folder.toString(),
                programs.toString()));
    process.awaitOutput(STARTED);
    return new EmbeddedPostgresProcess(process);
  }

  long pid() {
    return process.handle().pid();
  }

  /// Kills the JVM as `kill -9` does.
  void kill() {
    process.kill();
  }

  /// Asks the JVM to end, as `kill` does, and waits until it has.
  void terminate() {
    process.close();
  }

  @Override
  public void close() {
    kill();
  }

  /// Runs a database until the input ends or the JVM is asked to end.
  public static void main(String[] arguments) throws IOException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    System.out.println(STARTED);
    int end = System.in.read();
    System.exit(end);
  }
}
