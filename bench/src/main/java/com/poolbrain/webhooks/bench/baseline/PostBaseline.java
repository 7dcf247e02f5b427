package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.ProcessUsage;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
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
final class PostBaseline {

  private static final int CONCURRENCY = 64;
  private static final String BODY =
      """
      {"id":"01970000-0000-7000-8000-000000000001","event":"customer.created","company_id":40,\
      "timestamp":"2026-02-13T06:42:24.705000Z","data":{"customerId":1001,"displayName":"b0000z000000001"}}\
      """;

  private final BenchEnvironment benchEnvironment;
  private final MeasurementPeriod measurementPeriod;
  private final AtomicReference<@Nullable Outcome> failure = new AtomicReference<>();

  PostBaseline(BenchEnvironment benchEnvironment, MeasurementPeriod measurementPeriod) {
    this.benchEnvironment = benchEnvironment;
    this.measurementPeriod = measurementPeriod;
  }

  /// CPU of both ends.
  double measureMicros() throws InterruptedException {
    benchEnvironment.countInto(new RunCounters(0, 1));
    try (HttpTransport transport = benchEnvironment.newTransport()) {
      sendFor(transport, measurementPeriod.warmUpSeconds());
      long cpuBefore = ProcessUsage.ofCurrentProcess().cpuMicros();
      long posts = sendFor(transport, measurementPeriod.measuredSeconds());
      return (ProcessUsage.ofCurrentProcess().cpuMicros() - cpuBefore) / (double) posts;
    }
  }

  private WebhookRequest newRequest() {
    return new WebhookRequest(
        URI.create(benchEnvironment.receiver().url("localhost", "/ok/0")),
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

  private long sendFor(HttpTransport transport, int seconds) throws InterruptedException {
    WebhookRequest webhookRequest = newRequest();
    AtomicLong posts = new AtomicLong();
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < CONCURRENCY; i++) {
      senders.add(
          Thread.startVirtualThread(() -> send(transport, webhookRequest, deadlineNanos, posts)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    Outcome failedOutcome = failure.get();
    if (failedOutcome != null) {
      throw CommandException.of(
          "a post to the bench's own receiver failed: " + failedOutcome + "; try again.");
    }
    return posts.get();
  }

  private void send(
      HttpTransport transport,
      WebhookRequest webhookRequest,
      long deadlineNanos,
      AtomicLong posts) {
    try {
      while (System.nanoTime() < deadlineNanos) {
        Outcome outcome = transport.send(webhookRequest);
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
