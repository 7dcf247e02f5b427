package com.poolbrain.webhooks.bench.crash;

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

  private static final Pattern READY = Pattern.compile("Ready at (http://[0-9.:]+)");

  /// A node that lives for seconds starts with little, and compiles little.
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private final Process process;
  private final long startedAt = System.nanoTime();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Thread reader;

  private ServiceProcess(Map<String, String> settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.add("--enable-native-access=ALL-UNNAMED"); // as the jar's manifest says
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("com.poolbrain.webhooks.cli.Main", "serve"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    builder.environment().putAll(settings);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = Thread.ofVirtual().name("service-output").start(this::read);
  }

  /// One that was started; it need not get ready.
  ///
  /// @param settings its environment variables
  public static ServiceProcess start(Map<String, String> settings) {
    return new ServiceProcess(settings);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        Matcher found = READY.matcher(line);
        if (found.find()) {
          ready.complete(URI.create(found.group(1)));
        }
      }
      ready.completeExceptionally(
          new IllegalStateException("the service ended without being ready: " + lines));
    } catch (IOException gone) {
      ready.completeExceptionally(gone);
    }
  }

  /// Where it listens, as soon as it is ready.
  public URI url() {
    return ready.join();
  }

  /// Where it listens; null if it is not ready yet, or ended before it was.
  @Nullable URI urlIfReady() {
    return ready.isDone() && !ready.isCompletedExceptionally() ? ready.join() : null;
  }

  /// When it was started, by the monotonic clock.
  long startedAt() {
    return startedAt;
  }

  /// Everything it has written, with its log.
  public List<String> output() {
    return List.copyOf(lines);
  }

  /// Waits until it ends, and until all that it wrote was read.
  ///
  /// @return its exit code
  public int exitCode() throws InterruptedException {
    int code = process.waitFor();
    reader.join();
    return code;
  }

  /// Ends it as `kill -9` does.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Ends it and everything it started, its database too, as the loss of the machine does.
  void killWithDatabase() {
    List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), children()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
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
  public void signal(String name) throws IOException, InterruptedException {
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
