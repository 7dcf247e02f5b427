package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.transport.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Posts to an endpoint that misbehaves, without the service, so that what the bench has to do for
/// such a post is compiled before anything is measured: of the service come some 25 a second.
final class FailureWarmUp {

  private static final int CONCURRENCY = 16;
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(20);
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);

  private final HttpTransport transport;
  private final URI url;
  private final AtomicInteger deliveredCount = new AtomicInteger();
  private final AtomicInteger expectedFailures = new AtomicInteger();

  private FailureWarmUp(HttpTransport transport, URI url) {
    this.transport = transport;
    this.url = url;
  }

  /// Posts for so many seconds, and until one fails as it should.
  ///
  /// @param path of the endpoint
  /// @param expectedError how posts to it fail
  /// @throws IOException if it does not misbehave like that
  static void warmUp(
      BenchEnvironment benchEnvironment, String path, ErrorClass expectedError, int seconds)
      throws IOException, InterruptedException {
    URI url = URI.create(benchEnvironment.misbehavingReceiver().url("localhost", path));
    try (HttpTransport transport = benchEnvironment.newTransport()) {
      FailureWarmUp failureWarmUp = new FailureWarmUp(transport, url);
      failureWarmUp.sendAll(expectedError, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
      if (failureWarmUp.deliveredCount.get() > 0 || failureWarmUp.expectedFailures.get() == 0) {
        throw new IOException(
            "%s does not answer by %s: %s were taken, and %s failed so"
                .formatted(
                    path,
                    expectedError.wireName(),
                    failureWarmUp.deliveredCount,
                    failureWarmUp.expectedFailures));
      }
    }
  }

  private void sendAll(ErrorClass expectedError, long deadlineNanos) throws InterruptedException {
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < CONCURRENCY; i++) {
      senders.add(Thread.startVirtualThread(() -> sendUntil(expectedError, deadlineNanos)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  /// The first handshakes may take longer than the least patience, and would be cut off again and
  /// again.
  private void sendUntil(ErrorClass expectedError, long deadlineNanos) {
    try {
      Duration timeout = MIN_TIMEOUT;
      while (System.nanoTime() < deadlineNanos || isFailureAwaited(timeout)) {
        WebhookRequest webhookRequest =
            new WebhookRequest(url, List.of(), new byte[] {'{', '}'}, timeout);
        switch (transport.send(webhookRequest)) {
          case Outcome.Delivered _ -> deliveredCount.incrementAndGet();
          case Outcome.Failed failed when failed.error() == expectedError ->
              expectedFailures.incrementAndGet();
          case Outcome.Failed _ -> timeout = longerTimeout(timeout);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longerTimeout(Duration timeout) {
    return Collections.min(List.of(timeout.multipliedBy(2), MAX_TIMEOUT));
  }

  private boolean isFailureAwaited(Duration timeout) {
    return expectedFailures.get() == 0
        && deliveredCount.get() == 0
        && timeout.compareTo(MAX_TIMEOUT) < 0;
  }
}
