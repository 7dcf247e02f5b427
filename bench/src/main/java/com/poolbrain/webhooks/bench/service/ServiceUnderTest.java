package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The service as a process of its own, as in production. Its output goes to a file.
public final class ServiceUnderTest implements AutoCloseable {

  /// The key that encrypts signing secrets.
  public static final String MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private static final String ADMIN_KEY = "bench-operator-key-0123456789abcdef";
  private static final long START_TIMEOUT_SECONDS = 120;
  private static final int MAX_LOG_LINES = 20;

  private final ServiceProcess process;
  private final Socket portReservation = reservePort();
  private final URI baseUrl;
  private final ServiceClient client;
  private final Path logFile;
  private long startupNanos;

  /// Starts the process. It need not be ready yet.
  ///
  /// @param folder for the log and the data
  /// @param caFile certificate of an additional CA that the service trusts, PEM
  ServiceUnderTest(
      LaunchCommand launchCommand, Path folder, DatabaseSettings database, Path caFile) {
    String port = Integer.toString(portReservation.getLocalPort());
    baseUrl = URI.create("http://127.0.0.1:" + port);
    client = new ServiceClient(baseUrl, ADMIN_KEY);
    logFile = folder.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(launchCommand.command())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    environment.putAll(
        Map.of(
            "WEBHOOKS_PORT", port,
            "WEBHOOKS_DATABASE_URL", database.jdbcUrl(),
            "WEBHOOKS_DATABASE_USER", database.user(),
            "WEBHOOKS_DATABASE_PASSWORD", database.password(),
            "WEBHOOKS_DATA_DIR", folder.resolve("service").toString(),
            "WEBHOOKS_MASTER_KEY", MASTER_KEY,
            "WEBHOOKS_ADMIN_KEY", ADMIN_KEY,
            "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
            "WEBHOOKS_EXTRA_CA", caFile.toString()));
    process = ServiceProcess.start(builder);
  }

  /// Binds a free port without listening: the system gives it to no other process, and the service
  /// can listen on it.
  private static Socket reservePort() {
    try {
      Socket socket = new Socket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  void awaitReady() throws InterruptedException {
    long deadlineNanos = process.startNanos() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
    while (!isReady()) {
      if (!process.handle().isAlive() || System.nanoTime() > deadlineNanos) {
        throw CommandException.of(
            "The service ended, or was not ready within %d s. Its last lines:%n%s"
                .formatted(START_TIMEOUT_SECONDS, lastLogLines()));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    startupNanos = System.nanoTime() - process.startNanos();
  }

  private boolean isReady() {
    try {
      return client.getFromRoot("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ConnectException) {
        return false; // not listening yet
      }
      throw e;
    }
  }

  /// The last lines of the log.
  public String lastLogLines() {
    try {
      List<String> lines = Files.readAllLines(logFile);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - MAX_LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "The log " + logFile + " can't be read: " + e;
    }
  }

  /// Time from the start of the process until the service was ready.
  public long startupMillis() {
    return TimeUnit.NANOSECONDS.toMillis(startupNanos);
  }

  /// The URL to publish to.
  public URI publishUrl() {
    return baseUrl.resolve("/api/v1/events");
  }

  /// The headers of a publish.
  public Map<String, String> authHeaders() {
    return Map.of("Authorization", "Bearer " + ADMIN_KEY);
  }

  /// A client with the operator key.
  public ServiceClient client() {
    return client;
  }

  /// The process.
  public ProcessHandle process() {
    return process.handle();
  }

  /// The JVM options of the service, without paths of this machine.
  public String jvmOptions() {
    String command = process().info().commandLine().orElse("unknown");
    return Arrays.stream(command.split(" ", -1))
        .skip(1)
        .takeWhile(option -> !option.equals("-jar") && !option.equals("-cp"))
        .map(option -> option.contains("/") ? option.replaceFirst("[=:][^=:]*/.*", "=...") : option)
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    process.close();
    client.close();
    try {
      portReservation.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
