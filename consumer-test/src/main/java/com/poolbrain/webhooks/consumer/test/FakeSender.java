package com.poolbrain.webhooks.consumer.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Sends webhooks over real HTTP to a consumer under test, and repeats them as the service does:
/// after 5, 10 and 30 minutes. It does not wait for them; each attempt has the time at which the
/// service would make it.
///
/// ```java
/// var sender = new FakeSender(URI.create("http://localhost:" + port + "/webhooks"));
/// List<FakeSender.Attempt> attempts = sender.deliver(kit.signed(Samples.customerCreated()));
/// assertEquals(List.of(500, 200), attempts.stream().map(FakeSender.Attempt::status).toList());
/// ```
public final class FakeSender {

  /// The delays of the service before the second, third and fourth attempt.
  public static final List<Duration> RETRY_SCHEDULE =
      List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30));

  /// How long the service waits for an answer.
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// The status of an attempt that got no answer.
  public static final int NO_ANSWER = 0;

  private final URI endpoint;
  private final Consumer<Duration> onDelay;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// A sender to this URL, which may be `http` in a test.
  public FakeSender(URI endpoint) {
    this(endpoint, delay -> {});
  }

  /// A sender to this URL that says how long the service would wait.
  ///
  /// @param onDelay called before each repetition with the delay before it; moves a virtual clock
  public FakeSender(URI endpoint, Consumer<Duration> onDelay) {
    this.endpoint = endpoint;
    this.onDelay = onDelay;
  }

  /// One attempt of a delivery.
  ///
  /// @param number from 1
  /// @param after time since the first attempt at which the service would make it
  /// @param status HTTP status code; [#NO_ANSWER] if the connection failed or timed out
  /// @param answer text of the answer; empty without an answer
  public record Attempt(int number, Duration after, int status, String answer) {

    /// Whether the consumer acknowledged the webhook.
    public boolean isAcknowledged() {
      return status >= 200 && status <= 299;
    }
  }

  /// Sends a webhook until it is acknowledged, at most four times.
  ///
  /// @return all attempts; the last one is acknowledged, or the delivery permanently failed
  public List<Attempt> deliver(TestWebhook webhook) throws InterruptedException {
    List<Attempt> attempts = new ArrayList<>();
    Duration after = Duration.ZERO;
    for (int number = 1; ; number++) {
      Attempt attempt = send(webhook.attempt(number), number, after);
      attempts.add(attempt);
      if (attempt.isAcknowledged() || number > RETRY_SCHEDULE.size()) {
        return List.copyOf(attempts);
      }
      Duration delay = RETRY_SCHEDULE.get(number - 1);
      onDelay.accept(delay);
      after = after.plus(delay);
    }
  }

  /// Sends a webhook once, as it is.
  public Attempt send(TestWebhook webhook) throws InterruptedException {
    return send(webhook, 1, Duration.ZERO);
  }

  private Attempt send(TestWebhook webhook, int number, Duration after)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofByteArray(webhook.body()));
    webhook.headers().forEach(request::header);
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Attempt(number, after, response.statusCode(), response.body());
    } catch (IOException noAnswer) {
      return new Attempt(number, after, NO_ANSWER, "");
    }
  }
}
