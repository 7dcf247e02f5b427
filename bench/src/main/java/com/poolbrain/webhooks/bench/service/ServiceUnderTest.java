package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.store.DatabaseSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Our own service as it is in production: a process of its own.
public final class ServiceUnderTest implements AutoCloseable {

  /// What it encrypts secrets with.
  public static final String MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private static final String ADMIN_KEY = "bench-operator-key-0123456789abcdef";
  private static final long START_TIMEOUT_SECONDS = 120;
  private static final int MAX_LOG_LINES = 20;

  private final Process process;
  private final Socket portReservation;
  private final URI baseUrl;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path logFile;
  private final long startNanos;
  private long startupNanos;

  private ServiceUnderTest(
      Process process, Socket portReservation, URI baseUrl, Path logFile, long startNanos) {
    this.process = process;
    this.portReservation = portReservation;
    this.baseUrl = baseUrl;
    this.logFile = logFile;
    this.startNanos = startNanos;
  }

  /// Starts its process, which need not be ready yet.
  ///
  /// @param folder for its log
  /// @param caFile PEM file of the authority that deliveries have to trust
  public static ServiceUnderTest start(
      LaunchCommand launchCommand, Path folder, DatabaseSettings database, Path caFile)
      throws IOException {
    Socket portReservation = reservePort();
    String portNumber = Integer.toString(portReservation.getLocalPort());
    Path logFile = folder.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(launchCommand.command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "WEBHOOKS_PORT", portNumber,
                "WEBHOOKS_DATABASE_URL", database.jdbcUrl(),
                "WEBHOOKS_DATABASE_USER", database.user(),
                "WEBHOOKS_DATABASE_PASSWORD", database.password(),
                "WEBHOOKS_DATA_DIR", folder.resolve("service").toString(),
                "WEBHOOKS_MASTER_KEY", MASTER_KEY,
                "WEBHOOKS_ADMIN_KEY", ADMIN_KEY,
                "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
                "WEBHOOKS_EXTRA_CA", caFile.toString()));
    long startNanos = System.nanoTime();
    URI baseUrl = URI.create("http://127.0.0.1:" + portNumber);
    return new ServiceUnderTest(builder.start(), portReservation, baseUrl, logFile, startNanos);
  }

  /// A port that the system gives nobody else: only who asks for its number may listen there.
  private static Socket reservePort() throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  /// Waits until it is ready.
  ServiceUnderTest awaitReady() throws IOException, InterruptedException {
    long deadline = startNanos + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IOException("The service did not start:\n" + lastLogLines());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("The service did not get ready:\n" + lastLogLines());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    startupNanos = System.nanoTime() - startNanos;
    return this;
  }

  private boolean isReady() throws IOException, InterruptedException {
    try {
      return send("GET", "/health/ready", "").statusCode() == 200;
    } catch (ConnectException _) {
      return false; // not listening yet
    }
  }

  /// The last lines that it has logged.
  public String lastLogLines() throws IOException {
    List<String> lines = Files.readAllLines(logFile);
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - MAX_LOG_LINES), lines.size()));
  }

  /// How long it took from the start of the process until it was ready.
  public long startupMillis() {
    return TimeUnit.NANOSECONDS.toMillis(startupNanos);
  }

  /// A path of it.
  public URI url(String path) {
    return baseUrl.resolve(path);
  }

  /// What publishes have to bring.
  public Map<String, String> authHeaders() {
    return Map.of("Authorization", "Bearer " + ADMIN_KEY);
  }

  /// Calls its API.
  ///
  /// @return the body of the answer
  /// @throws IOException if it is not a 2xx
  public String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, path, body);
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + " was answered " + response.body());
    }
    return response.body();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(baseUrl.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + ADMIN_KEY)
            .header("Content-Type", "application/json")
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /// Its process.
  public ProcessHandle process() {
    return process.toHandle();
  }

  /// The options of its Java, without those that say where something is on this machine.
  public String jvmOptions() {
    String command = process.info().commandLine().orElse("unknown");
    return Arrays.stream(command.split(" ", -1))
        .skip(1)
        .takeWhile(option -> !option.equals("-jar") && !option.equals("-cp"))
        .map(option -> option.contains("/") ? option.replaceFirst("[=:][^=:]*/.*", "=...") : option)
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
    portReservation.close();
  }
}
