package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.transport.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sends requests to a misbehaving endpoint without the service, so that the JVM compiles the
/// bench's part of them before a run is measured. The service sends only some 25 per second.
final class FailureWarmUp {

  private static final int CONCURRENCY = 16;
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(20);
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);

  private final HttpTransport transport;
  private final URI url;
  private final ErrorClass expectedError;
  private final long deadlineNanos;
  private final AtomicInteger deliveredCount = new AtomicInteger();
  private final AtomicInteger expectedFailures = new AtomicInteger();

  private FailureWarmUp(HttpTransport transport, URI url, ErrorClass expectedError, int seconds) {
    this.transport = transport;
    this.url = url;
    this.expectedError = expectedError;
    deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /// Sends for this time, and until one request has failed as expected.
  ///
  /// @param path of the endpoint
  /// @throws IllegalStateException if the endpoint does not misbehave as expected
  static void warmUp(
      BenchEnvironment environment, String path, ErrorClass expectedError, int seconds)
      throws InterruptedException {
    URI url = URI.create(environment.misbehavingReceiver().url(path));
    try (HttpTransport transport = environment.newTransport()) {
      new FailureWarmUp(transport, url, expectedError, seconds).sendAll();
    }
  }

  private void sendAll() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ =
          threads.invokeAll(Collections.<Callable<@Nullable Void>>nCopies(CONCURRENCY, this::send));
    }
    if (deliveredCount.get() > 0 || expectedFailures.get() == 0) {
      throw new IllegalStateException(
          "%s should fail with %s, but %s requests were delivered and %s failed so"
              .formatted(url, expectedError.wireName(), deliveredCount, expectedFailures));
    }
  }

  /// The first handshakes may take longer than the first time-out, and would always be cut off.
  private @Nullable Void send() throws InterruptedException {
    Duration timeout = MIN_TIMEOUT;
    while (System.nanoTime() < deadlineNanos || isFailureAwaited(timeout)) {
      WebhookRequest request = new WebhookRequest(url, List.of(), new byte[] {'{', '}'}, timeout);
      switch (transport.send(request).outcome()) {
        case Outcome.Delivered _ -> deliveredCount.incrementAndGet();
        case Outcome.Failed failed when failed.error() == expectedError ->
            expectedFailures.incrementAndGet();
        case Outcome.Failed _ ->
            timeout = Collections.min(List.of(timeout.multipliedBy(2), MAX_TIMEOUT));
      }
    }
    return null;
  }

  private boolean isFailureAwaited(Duration timeout) {
    return expectedFailures.get() == 0
        && deliveredCount.get() == 0
        && timeout.compareTo(MAX_TIMEOUT) < 0;
  }
}
