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
public final class OwnService implements AutoCloseable {

  /// What it encrypts secrets with.
  public static final String MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private static final String KEY = "bench-operator-key-0123456789abcdef";
  private static final long PATIENCE_SECONDS = 120;
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Socket port;
  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path log;
  private final long begin;
  private long startedNanos;

  private OwnService(Process process, Socket port, URI base, Path log, long begin) {
    this.process = process;
    this.port = port;
    this.base = base;
    this.log = log;
    this.begin = begin;
  }

  /// Starts its process, which need not be ready yet.
  ///
  /// @param folder for its log
  /// @param authority PEM file of the authority that deliveries have to trust
  public static OwnService start(
      Program program, Path folder, DatabaseSettings database, Path authority) throws IOException {
    Socket port = reservedPort();
    String number = Integer.toString(port.getLocalPort());
    Path log = folder.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(program.serve())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOKS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "WEBHOOKS_PORT", number,
                "WEBHOOKS_DATABASE_URL", database.jdbcUrl(),
                "WEBHOOKS_DATABASE_USER", database.user(),
                "WEBHOOKS_DATABASE_PASSWORD", database.password(),
                "WEBHOOKS_DATA_DIR", folder.resolve("service").toString(),
                "WEBHOOKS_MASTER_KEY", MASTER_KEY,
                "WEBHOOKS_ADMIN_KEY", KEY,
                "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
                "WEBHOOKS_EXTRA_CA", authority.toString()));
    long begin = System.nanoTime();
    URI base = URI.create("http://127.0.0.1:" + number);
    return new OwnService(builder.start(), port, base, log, begin);
  }

  /// A port that the system gives nobody else: only who asks for its number may listen there.
  private static Socket reservedPort() throws IOException {
    Socket holder = new Socket();
    holder.setReuseAddress(true);
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return holder;
  }

  /// Waits until it is ready.
  OwnService awaitReady() throws IOException, InterruptedException {
    long deadline = begin + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IOException("The service did not start:\n" + lastWords());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("The service did not get ready:\n" + lastWords());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    startedNanos = System.nanoTime() - begin;
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
  public String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /// How long it took from the start of the process until it was ready.
  public long startedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(startedNanos);
  }

  /// A path of it.
  public URI at(String path) {
    return base.resolve(path);
  }

  /// What publishes have to bring.
  public Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + KEY);
  }

  /// Calls its API.
  ///
  /// @return the body of the answer
  /// @throws IOException if it is not a 2xx
  public String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + " was answered " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /// Its process.
  public ProcessHandle process() {
    return process.toHandle();
  }

  /// The options of its Java, without those that say where something is on this machine.
  public String flags() {
    String command = process.info().commandLine().orElse("unknown");
    return Arrays.stream(command.split(" ", -1))
        .skip(1)
        .takeWhile(word -> !word.equals("-jar") && !word.equals("-cp"))
        .map(word -> word.contains("/") ? word.replaceFirst("[=:][^=:]*/.*", "=...") : word)
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
    port.close();
  }
}
