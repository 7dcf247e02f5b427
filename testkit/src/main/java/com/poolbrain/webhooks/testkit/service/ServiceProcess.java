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

/// The real service as a process of its own, to be killed, frozen and ended.
public final class ServiceProcess implements AutoCloseable {

  private static final Pattern READY_LINE = Pattern.compile("Ready at (http://[0-9.:]+)");

  /// A node that lives for seconds starts with little, and compiles little.
  private static final List<String> TEST_JVM_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private final Process process;
  private final long startNanos = System.nanoTime();
  private final List<String> outputLines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> readyUrl = new CompletableFuture<>();
  private final Thread outputReader;

  private ServiceProcess(Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TEST_JVM_OPTIONS);
    command.add("--enable-native-access=ALL-UNNAMED"); // as the jar's manifest says
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("com.poolbrain.webhooks.cli.Main", "serve"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    outputReader = Thread.ofVirtual().name("service-output").start(this::readOutput);
  }

  /// One that was started; it need not get ready.
  ///
  /// @param environment its environment variables
  public static ServiceProcess start(Map<String, String> environment) {
    return new ServiceProcess(environment);
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
          new IllegalStateException("the service ended without being ready: " + outputLines));
    } catch (IOException readFailure) {
      readyUrl.completeExceptionally(readFailure);
    }
  }

  /// Where it listens, as soon as it is ready.
  public URI url() {
    return readyUrl.join();
  }

  /// Where it listens; null if it is not ready yet, or ended before it was.
  @Nullable
  public URI urlIfReady() {
    return readyUrl.isDone() && !readyUrl.isCompletedExceptionally() ? readyUrl.join() : null;
  }

  /// When it was started, by the monotonic clock.
  public long startNanos() {
    return startNanos;
  }

  /// Everything it has written, with its log.
  public List<String> output() {
    return List.copyOf(outputLines);
  }

  /// Waits until it ends, and until all that it wrote was read.
  ///
  /// @return its exit code
  public int awaitExitCode() throws InterruptedException {
    int code = process.waitFor();
    outputReader.join();
    return code;
  }

  /// Ends it as `kill -9` does.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Ends it and everything it started, its database too, as the loss of the machine does.
  public void killWithDatabase() {
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(process.toHandle()), children()).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(each -> each.onExit().join());
    process.onExit().join();
  }

  private Stream<ProcessHandle> children() {
    return process.descendants();
  }

  /// Asks it to end, as `kill` does.
  public void terminate() {
    process.destroy();
  }

  /// Sends it a signal, such as `STOP`.
  public void sendSignal(String name) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + command);
    }
  }

  /// Asks it to end, and waits until it has.
  @Override
  public void close() {
    terminate();
    process.onExit().join();
  }
}
