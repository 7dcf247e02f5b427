package com.poolbrain.webhooks.testkit.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Process with its output: the service, another of its commands, or any program.
///
/// ```java
/// try (ServiceProcess service = ServiceProcess.serve(environment)) {
///   URI url = service.url(); // waits until the service is ready
///   service.kill();
/// }
/// ```
public final class ServiceProcess implements AutoCloseable {

  /// Main class of the command line program; its module is not visible here.
  public static final String MAIN_CLASS = "com.poolbrain.webhooks.cli.Main";

  private static final Pattern READY_LINE = Pattern.compile("Ready at (http://[0-9.:]+)");

  /// A node that runs for seconds needs little heap and little compilation.
  private static final List<String> SHORT_RUN_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private final Process process;
  private final long startNanos = System.nanoTime();
  private final List<String> outputLines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> readyUrl = new CompletableFuture<>();
  private final Thread outputReader;
  private boolean suspended;

  private ServiceProcess(ProcessBuilder builder) {
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    outputReader = Thread.ofVirtual().name("process-output").start(this::readOutput);
  }

  /// Starts the service from the class path of this JVM. It need not become ready.
  ///
  /// @param environment its `WEBHOOKS_` variables; those of this process are not passed on
  public static ServiceProcess serve(Map<String, String> environment) {
    List<String> command = new ArrayList<>(SHORT_RUN_OPTIONS);
    command.add("--enable-native-access=ALL-UNNAMED"); // as in the manifest of the jar
    command.addAll(List.of(MAIN_CLASS, "serve"));
    ProcessBuilder builder = javaCommand(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    builder.environment().putAll(environment);
    return start(builder);
  }

  /// Starts the service with these settings.
  public static ServiceProcess serve(ServiceEnvironment environment) {
    return serve(environment.variables());
  }

  /// Starts any program. Its error output is part of its output.
  public static ServiceProcess start(ProcessBuilder builder) {
    return new ServiceProcess(builder);
  }

  /// A command that runs the Java of this JVM on its class path.
  ///
  /// @param arguments JVM options, main class, and arguments
  public static ProcessBuilder javaCommand(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /// A command that runs the Java of this JVM on its class path.
  ///
  /// @param arguments JVM options, main class, and arguments
  public static ProcessBuilder javaCommand(String... arguments) {
    return javaCommand(List.of(arguments));
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        outputLines.add(line);
        Matcher matcher = READY_LINE.matcher(line);
        if (matcher.find()) {
          readyUrl.complete(URI.create(matcher.group(1)));
        }
      }
      readyUrl.completeExceptionally(
          new IllegalStateException("the service ended before it was ready:\n" + outputText()));
    } catch (IOException readFailure) {
      readyUrl.completeExceptionally(readFailure);
    }
  }

  /// The URL of the service; waits until the service is ready.
  public URI url() {
    return readyUrl.join();
  }

  /// The URL of the service; null if it is not ready yet, or ended before it was.
  public @Nullable URI urlIfReady() {
    return readyUrl.isDone() && !readyUrl.isCompletedExceptionally() ? readyUrl.join() : null;
  }

  /// A client of the service with the operator key; waits until the service is ready.
  public ServiceClient api() {
    return new ServiceClient(url(), ServiceEnvironment.ADMIN_KEY);
  }

  /// Start of the process, as [System#nanoTime()].
  public long startNanos() {
    return startNanos;
  }

  /// The process itself, for its id and children.
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// Command lines of all running processes that mention a folder, such as a service and its
  /// PostgreSQL.
  public static List<String> commandLinesWith(Path folder) {
    return ProcessHandle.allProcesses()
        .flatMap(each -> each.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  /// Writes a line to the input of the process, as a user does.
  public void typeLine(String line) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All lines written so far.
  public List<String> output() {
    return List.copyOf(outputLines);
  }

  /// All lines written so far, as one text.
  public String outputText() {
    return String.join("\n", outputLines);
  }

  /// Waits until the process has written this text. Fails if the process ends without.
  public void awaitOutput(String text) {
    Await.until(
        "the process writes '" + text + "'", () -> hasWritten(text) || !outputReader.isAlive());
    if (!hasWritten(text)) {
      throw new AssertionError(
          "the process ended without writing '%s':\n%s".formatted(text, outputText()));
    }
  }

  private boolean hasWritten(String text) {
    return outputLines.stream().anyMatch(line -> line.contains(text));
  }

  /// Waits until the process has ended and its whole output was read.
  ///
  /// @return its exit code
  public int awaitExitCode() throws InterruptedException {
    int code = process.waitFor();
    outputReader.join();
    return code;
  }

  /// Kills the process as `kill -9` does, and waits until it has ended.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Kills the process and its children, such as its database, as a power failure does.
  public void killWithDatabase() {
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(each -> each.onExit().join());
    process.onExit().join();
  }

  /// Asks the process to end, as `kill` does.
  public void terminate() {
    process.toHandle().destroy(); // unlike Process.destroy, leaves the output readable
  }

  /// Suspends the process until [#resume()].
  public void suspend() {
    signal("STOP", List.of(process.toHandle()));
    suspended = true;
  }

  /// Resumes a suspended process.
  public void resume() {
    signal("CONT", List.of(process.toHandle()));
    suspended = false;
  }

  /// Sends a signal, such as `STOP`, to processes.
  public static void signal(String name, List<ProcessHandle> processes) {
    List<String> command =
        Stream.concat(
                Stream.of("kill", "-" + name),
                processes.stream().map(each -> Long.toString(each.pid())))
            .toList();
    try (ServiceProcess kill = start(new ProcessBuilder(command))) {
      if (kill.awaitExitCode() != 0) {
        throw new IllegalStateException(command + " failed: " + kill.outputText());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  /// Asks the process to end, and waits until it has. A suspended process is killed.
  @Override
  public void close() {
    if (suspended) {
      kill();
    }
    terminate();
    process.onExit().join();
  }
}
