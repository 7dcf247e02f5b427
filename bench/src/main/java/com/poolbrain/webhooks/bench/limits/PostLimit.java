package com.poolbrain.webhooks.bench.limits;

import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.Usage;
import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import com.poolbrain.webhooks.transport.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One HTTPS post alone: the transport that deliveries use, on virtual threads, and the receiver.
final class PostLimit {

  private static final int CONCURRENCY = 64;
  private static final String BODY =
      """
      {"id":"01970000-0000-7000-8000-000000000001","event":"customer.created","company_id":40,\
      "timestamp":"2026-02-13T06:42:24.705000Z","data":{"customerId":1001,"displayName":"b0000z000000001"}}\
      """;

  private final House house;
  private final Spell spell;
  private final AtomicReference<@Nullable Outcome> failure = new AtomicReference<>();

  PostLimit(House house, Spell spell) {
    this.house = house;
    this.spell = spell;
  }

  /// CPU of both ends.
  double micros() throws InterruptedException {
    house.count(new Tally(0, 1));
    try (HttpTransport transport = house.transport()) {
      post(transport, spell.warmUp());
      long before = Usage.ofBench().cpuMicros();
      long posts = post(transport, spell.seconds());
      return (Usage.ofBench().cpuMicros() - before) / (double) posts;
    }
  }

  private Request request() {
    return new Request(
        URI.create(house.receiver().url("localhost", "/ok/0")),
        List.of(
            Map.entry("Content-Type", "application/json"),
            Map.entry("X-Webhook-Signature", "0123456789abcdef".repeat(4)),
            Map.entry("User-Agent", "PoolBrain-Webhooks/1.0"),
            Map.entry("Accept-Encoding", "identity"),
            Map.entry("X-Webhook-Event", "customer.created"),
            Map.entry("X-Webhook-Event-Id", "01970000-0000-7000-8000-000000000001"),
            Map.entry("X-Webhook-Attempt", "1")),
        BODY.getBytes(StandardCharsets.US_ASCII),
        Duration.ofSeconds(10));
  }

  private long post(HttpTransport transport, int seconds) throws InterruptedException {
    Request request = request();
    AtomicLong posts = new AtomicLong();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < CONCURRENCY; i++) {
      senders.add(Thread.startVirtualThread(() -> send(transport, request, end, posts)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    Outcome failed = failure.get();
    if (failed != null) {
      throw Failure.of("a post to the bench's own receiver failed: " + failed + "; try again.");
    }
    return posts.get();
  }

  private void send(HttpTransport transport, Request request, long end, AtomicLong posts) {
    try {
      while (System.nanoTime() < end) {
        Outcome outcome = transport.send(request);
        if (!(outcome instanceof Outcome.Delivered)) {
          failure.compareAndSet(null, outcome);
          return;
        }
        posts.incrementAndGet();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
