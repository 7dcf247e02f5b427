package com.poolbrain.webhooks.testkit.service;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Publishers that repeat each event with its own idempotency key until they get a 202.
///
/// ```java
/// try (var publishers = new RetryingPublishers(audit, process::urlIfReady, key)) {
///   publishers.publish(400);
///   …
///   publishers.remaining(); // 0 when all events are accepted
/// }
/// ```
public final class RetryingPublishers implements AutoCloseable {

  private static final int CONCURRENCY = 16;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration RETRY_DELAY = Duration.ofMillis(10);

  private final DeliveryAudit deliveryAudit;
  private final Supplier<@Nullable URI> serviceUrl;
  private final String apiKey;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(REQUEST_TIMEOUT)
          .build();
  private final BlockingQueue<AuditedEvent> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger remaining = new AtomicInteger();
  private final AtomicInteger nextNumber = new AtomicInteger();
  private final AtomicInteger unansweredCount = new AtomicInteger();
  private final List<Rejection> rejections = new CopyOnWriteArrayList<>();
  private final List<String> unexpectedAnswers = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// Response with status 503.
  ///
  /// @param retryAfter the `Retry-After` header; empty if missing
  public record Rejection(String retryAfter, String body) {

    /// Whether the event may have been stored.
    public boolean isCommitUnknown() {
      return body.contains("may have been stored");
    }
  }

  /// @param serviceUrl current URL of the service; null while there is none
  /// @param apiKey key that may publish for all companies
  public RetryingPublishers(
      DeliveryAudit deliveryAudit, Supplier<@Nullable URI> serviceUrl, String apiKey) {
    this.deliveryAudit = deliveryAudit;
    this.serviceUrl = serviceUrl;
    this.apiKey = apiKey;
    for (int i = 0; i < CONCURRENCY; i++) {
      threads.add(Thread.ofVirtual().name("publisher-" + i).start(this::runPublisher));
    }
  }

  /// Adds events to publish.
  public void publish(int count) {
    remaining.addAndGet(count);
    for (int i = 0; i < count; i++) {
      queue.add(deliveryAudit.eventFor(nextNumber.getAndIncrement()));
    }
  }

  /// Number of events without a 202.
  public int remaining() {
    return remaining.get();
  }

  /// All 503 responses.
  public List<Rejection> rejections() {
    return List.copyOf(rejections);
  }

  /// Number of requests without a response.
  public int unansweredCount() {
    return unansweredCount.get();
  }

  /// Responses other than 202 and 503.
  public List<String> unexpectedAnswers() {
    return List.copyOf(unexpectedAnswers);
  }

  private void runPublisher() {
    try {
      while (!closed) {
        AuditedEvent auditedEvent = queue.poll(100, TimeUnit.MILLISECONDS);
        if (auditedEvent != null) {
          publishUntilAccepted(auditedEvent);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private void publishUntilAccepted(AuditedEvent auditedEvent) throws InterruptedException {
    while (!closed) {
      URI url = serviceUrl.get();
      if (url != null && tryPublish(auditedEvent, url)) {
        remaining.decrementAndGet();
        return;
      }
      LockSupport.parkNanos(RETRY_DELAY.toNanos());
    }
  }

  private boolean tryPublish(AuditedEvent auditedEvent, URI url) throws InterruptedException {
    try {
      HttpResponse<String> response =
          client.send(request(auditedEvent, url), BodyHandlers.ofString());
      return tryPublish(auditedEvent, response);
    } catch (IOException noResponse) {
      unansweredCount.incrementAndGet();
      return false;
    }
  }

  private boolean tryPublish(AuditedEvent auditedEvent, HttpResponse<String> response) {
    if (response.statusCode() == 202) {
      deliveryAudit.accepted(auditedEvent, eventId(response.body()));
      return true;
    }
    if (response.statusCode() == 503) {
      String retryAfter = response.headers().firstValue("Retry-After").orElse("");
      rejections.add(new Rejection(retryAfter, response.body()));
    } else {
      unexpectedAnswers.add("%d: %s".formatted(response.statusCode(), response.body()));
    }
    return false;
  }

  private static String eventId(String body) {
    return JsonMapper.shared().readTree(body).path("events").path(0).path("id").asString("none");
  }

  private HttpRequest request(AuditedEvent auditedEvent, URI url) {
    return HttpRequest.newBuilder(URI.create(url + "/api/v1/events"))
        .timeout(REQUEST_TIMEOUT)
        .header("Authorization", "Bearer " + apiKey)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", auditedEvent.idempotencyKey())
        .POST(BodyPublishers.ofString(auditedEvent.requestBody()))
        .build();
  }

  /// Stops the publishers and waits until their threads have ended.
  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
