package com.poolbrain.webhooks.bench.crash;

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

/// Publishers that never give up: each item is published with an idempotency key of its own until
/// the answer is a 202, whatever happens to the service meanwhile.
///
/// ```java
/// try (var publishers = new Publishers(books, process::url, key)) {
///   publishers.publish(400);
///   …
///   publishers.left(); // 0 in the end
/// }
/// ```
public final class Publishers implements AutoCloseable {

  private static final int AT_ONCE = 16;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  private final Books books;
  private final Supplier<@Nullable URI> service;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<String> surprises = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// A 503.
  ///
  /// @param retryAfter the header; empty if there was none
  public record Refusal(String retryAfter, String body) {

    /// Whether it says that the event may have been stored.
    public boolean inDoubt() {
      return body.contains("may have been stored");
    }
  }

  /// @param service where it is now; null while it is nowhere
  /// @param key that may publish for all
  public Publishers(Books books, Supplier<@Nullable URI> service, String key) {
    this.books = books;
    this.service = service;
    this.key = key;
    for (int i = 0; i < AT_ONCE; i++) {
      threads.add(Thread.ofVirtual().name("publisher-" + i).start(this::work));
    }
  }

  /// Gives them so many more items to publish.
  public void publish(int items) {
    left.addAndGet(items);
    for (int i = 0; i < items; i++) {
      waiting.add(books.item(next.getAndIncrement()));
    }
  }

  /// How many items have no 202 yet.
  public int left() {
    return left.get();
  }

  /// Every 503.
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /// How many requests got no answer.
  public int unanswered() {
    return unanswered.get();
  }

  /// Answers that no publisher should ever get.
  public List<String> surprises() {
    return List.copyOf(surprises);
  }

  private void work() {
    try {
      while (!closed) {
        Item item = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (item != null) {
          persist(item);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private void persist(Item item) throws InterruptedException {
    while (!closed) {
      URI where = service.get();
      if (where != null && isPublished(item, where)) {
        left.decrementAndGet();
        return;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  private boolean isPublished(Item item, URI where) throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request(item, where), BodyHandlers.ofString());
      return isPublished(item, answer);
    } catch (IOException theServiceIsGone) {
      unanswered.incrementAndGet();
      return false;
    }
  }

  private boolean isPublished(Item item, HttpResponse<String> answer) {
    if (answer.statusCode() == 202) {
      books.accepted(item, eventId(answer.body()));
      return true;
    }
    if (answer.statusCode() == 503) {
      String retryAfter = answer.headers().firstValue("Retry-After").orElse("");
      refusals.add(new Refusal(retryAfter, answer.body()));
    } else {
      surprises.add("%d: %s".formatted(answer.statusCode(), answer.body()));
    }
    return false;
  }

  private static String eventId(String body) {
    return JsonMapper.shared().readTree(body).path("events").path(0).path("id").asString("none");
  }

  private HttpRequest request(Item item, URI where) {
    return HttpRequest.newBuilder(URI.create(where + "/api/v1/events"))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", item.idempotencyKey())
        .POST(BodyPublishers.ofString(item.json()))
        .build();
  }

  /// Ends them, and returns when they have.
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
