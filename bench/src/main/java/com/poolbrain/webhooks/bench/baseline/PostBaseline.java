package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.transport.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// HTTPS requests alone: the transport of the service on virtual threads, and the receiver.
final class PostBaseline implements BaselineRunner.Step {

  private static final int CONCURRENCY = 64;
  private static final String BODY =
      """
      {"id":"01970000-0000-7000-8000-000000000001","event":"customer.created","company_id":40,\
      "timestamp":"2026-02-13T06:42:24.705000Z","data":{"customerId":1001,"displayName":"b0000z000000001"}}\
      """;

  private final HttpTransport transport;
  private final WebhookRequest request;

  PostBaseline(BenchEnvironment environment) {
    environment.countInto(new RunCounters(0, 0, 1));
    transport = environment.newTransport();
    request =
        new WebhookRequest(
            URI.create(environment.receiver().url("/ok/0")),
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

  @Override
  public long run(int seconds) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> senders =
          threads.invokeAll(
              Collections.<Callable<Long>>nCopies(CONCURRENCY, () -> sendUntil(deadlineNanos)));
      for (Future<Long> sender : senders) {
        if (sender.state() == Future.State.FAILED) {
          throw CommandException.of(
              "An HTTPS request to the receiver of the bench failed, try again: "
                  + sender.exceptionNow().getMessage());
        }
      }
      return senders.stream().mapToLong(Future::resultNow).sum();
    }
  }

  private long sendUntil(long deadlineNanos) throws InterruptedException {
    long count = 0;
    while (System.nanoTime() < deadlineNanos) {
      Outcome outcome = transport.send(request).outcome();
      if (!(outcome instanceof Outcome.Delivered)) {
        throw new IllegalStateException(outcome.toString());
      }
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    transport.close();
  }
}
