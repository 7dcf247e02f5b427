package com.poolbrain.webhooks.store.embedded;

import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Another JVM that runs the embedded database of a folder.
final class EmbeddedPostgresProcess implements AutoCloseable {

  private static final String STARTED = "the embedded database of the child has started";

  private final ServiceProcess process;

  private EmbeddedPostgresProcess(ServiceProcess process) {
    this.process = process;
  }

  /// Starts the JVM and waits until its database accepts connections.
  static EmbeddedPostgresProcess start(Path folder, Path programs) {
    return start(folder, programs, Map.of());
  }

  /// Starts the JVM with additional environment variables.
  static EmbeddedPostgresProcess start(
      Path folder, Path programs, Map<String, String> environment) {
    ProcessBuilder builder =
        ServiceProcess.javaCommand(
            "-XX:TieredStopAtLevel=1",
            EmbeddedPostgresProcess.class.getName(),
            folder.toString(),
            programs.toString());
    builder.environment().putAll(environment);
    ServiceProcess process = ServiceProcess.start(builder);
    process.awaitOutput(STARTED);
    return new EmbeddedPostgresProcess(process);
  }

  long pid() {
    return process.handle().pid();
  }

  /// The guard, and the processes that it started.
  List<ProcessHandle> guardAndChildren() {
    return process
        .handle()
        .children()
        .flatMap(guard -> Stream.concat(Stream.of(guard), guard.children()))
        .toList();
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
