package com.poolbrain.webhooks.e2e.house;

import com.poolbrain.webhooks.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real service as a process of its own, to be killed: `serve`.
public final class ServiceProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Ready at (http://[0-9.:]+)");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Thread reader;

  private ServiceProcess(Setup setup) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve")
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    builder.environment().putAll(setup.environment());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = Thread.ofVirtual().name("service-output").start(this::read);
  }

  /// One that was started; it need not get ready.
  public static ServiceProcess start(Setup setup) {
    return new ServiceProcess(setup);
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
          new AssertionError("the service ended without being ready: " + lines));
    } catch (IOException gone) {
      ready.completeExceptionally(gone);
    }
  }

  /// Its API, for an operator, as soon as it is ready.
  public Api api() {
    return new Api(ready.join(), Setup.ADMIN_KEY);
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

  /// Asks it to end, as `kill` does, and waits until it has.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
