package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A consumer that is killed (`kill -9`) several times in the middle of 1,000 webhooks, while the
/// sender repeats what was not acknowledged: each has its effect exactly once.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledConsumerTest {

  private static final int WEBHOOKS = 1000;
  private static final int KILL_EVERY = 250;

  private EmbeddedPostgres postgres;
  private DatabaseSettings settings;
  private Process process;

  @BeforeAll
  void start(@TempDir Path folder) {
    postgres = EmbeddedPostgres.start(folder);
    settings = postgres.settings();
  }

  @AfterAll
  void stop() {
    process.destroyForcibly();
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"store", "inbox"})
  void each_webhook_has_its_effect_exactly_once(String kind) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists effect");
      statement.execute("create table effect (customer bigint not null)");
      Deque<SignedRequest> unacknowledged = new ArrayDeque<>();
      for (int i = 0; i < WEBHOOKS; i++) {
        unacknowledged.add(
            SignedRequest.of(
                UUID.randomUUID(),
                "customer.created",
                "{\"customerId\":" + i + ",\"displayName\":\"A\"}"));
      }
      URI url = startConsumer(kind);
      int sent = 0;
      try (HttpClient client = HttpClient.newHttpClient()) {
        while (!unacknowledged.isEmpty()) {
          SignedRequest next = unacknowledged.remove();
          boolean killNow = ++sent % KILL_EVERY == 0 && sent <= WEBHOOKS;
          if (!post(client, url, next, killNow)) {
            unacknowledged.add(next);
          }
          if (killNow) {
            process.waitFor();
            url = startConsumer(kind);
          }
        }
      }

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> count(statement, "select count(distinct customer) from effect") == WEBHOOKS);
      assertThat(count(statement, "select count(*) from effect")).isEqualTo(WEBHOOKS);
    }
    process.destroyForcibly().waitFor();
  }

  /// Whether the webhook was acknowledged. Kills the consumer while it handles the request.
  private boolean post(HttpClient client, URI url, SignedRequest request, boolean kill) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    var response = client.sendAsync(builder.build(), BodyHandlers.discarding());
    if (kill) {
      process.destroyForcibly();
    }
    return response
        .handle((answer, error) -> error == null && answer.statusCode() / 100 == 2)
        .join();
  }

  private URI startConsumer(String kind) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledConsumer.class.getName(),
                settings.jdbcUrl(),
                settings.user(),
                settings.password(),
                kind)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    return URI.create("http://127.0.0.1:" + output.readLine() + "/");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
  }

  private static long count(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
