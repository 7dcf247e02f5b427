package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Our own service as it is in production: a process of its own, on a PostgreSQL of its own with
/// durability on.
final class OwnService implements AutoCloseable {

  private static final String KEY = "bench-operator-key-0123456789abcdef";

  private final EmbeddedPostgres postgres;
  private final Process process;
  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();
  private final long startedNanos;

  /// @param folder for the database and the log; must be empty
  /// @param authority PEM file of the authority that deliveries have to trust
  OwnService(Path folder, Path authority, List<String> jvm, int port)
      throws IOException, InterruptedException {
    postgres = EmbeddedPostgres.start(folder.resolve("data"));
    DatabaseSettings database = postgres.settings();
    base = URI.create("http://127.0.0.1:" + port);
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("com.poolbrain.webhooks.cli.Main", "serve"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("service.log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "WEBHOOKS_PORT", Integer.toString(port),
                "WEBHOOKS_DATABASE_URL", database.jdbcUrl(),
                "WEBHOOKS_DATABASE_USER", database.user(),
                "WEBHOOKS_DATABASE_PASSWORD", database.password(),
                "WEBHOOKS_DATA_DIR", folder.toString(),
                "WEBHOOKS_MASTER_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "WEBHOOKS_ADMIN_KEY", KEY,
                "WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8",
                "WEBHOOKS_EXTRA_CA", authority.toString()));
    long begin = System.nanoTime();
    process = builder.start();
    awaitReady(folder.resolve("service.log"));
    startedNanos = System.nanoTime() - begin;
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    while (true) {
      if (!process.isAlive()) {
        throw new IOException("The service did not start:\n" + Files.readString(log));
      }
      try {
        if (send("GET", "/health/ready", "").statusCode() == 200) {
          return;
        }
      } catch (java.net.ConnectException _) {
        TimeUnit.MILLISECONDS.sleep(5); // not listening yet
      }
    }
  }

  /// How long it took from the start of the process until it was ready.
  long startedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(startedNanos);
  }

  /// Makes a company with webhooks on.
  void company(long id) throws IOException, InterruptedException {
    call("PUT", "/api/v1/companies/" + id, "{\"name\":\"Bench " + id + "\"}");
    call("PATCH", "/api/v1/companies/" + id, "{\"webhooks_enabled\":true}");
  }

  /// Makes an endpoint for the events that the bench publishes.
  void endpoint(long company, String url) throws IOException, InterruptedException {
    call(
        "POST",
        "/api/v1/companies/" + company + "/endpoints",
        "{\"url\":\"" + url + "\",\"events\":[\"customer.created\"],\"max_concurrency\":64}");
  }

  /// What publishes to that company.
  Target target(long company) {
    return new Target(
        base.resolve("/api/v1/events"),
        Map.of("Authorization", "Bearer " + KEY),
        "{\"company_id\":"
            + company
            + ",\"event\":\"customer.created\",\"timestamp\":\"{{TS}}\","
            + "\"data\":{\"customerId\":1001,\"displayName\":\"{{ID}}\"}}");
  }

  private void call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + " answered " + answer.body());
    }
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

  ProcessHandle service() {
    return process.toHandle();
  }

  /// Bytes of write-ahead log written so far.
  long walBytes() throws SQLException {
    return query("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }

  /// Every process of PostgreSQL together. Only ended ones count towards the parent, so the living
  /// children are added.
  Usage postgresUsage() throws SQLException {
    long postmaster = query("select pid from pg_stat_activity where backend_type = 'checkpointer'");
    return ProcessHandle.of(postmaster)
        .flatMap(ProcessHandle::parent)
        .map(Usage::of)
        .orElse(new Usage(0, 0));
  }

  private long query(String sql) throws SQLException {
    DatabaseSettings database = postgres.settings();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    postgres.close();
    http.close();
  }
}
