package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
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
final class Knocks {

  private static final int AT_A_TIME = 16;
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(20);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

  private final HttpTransport transport;
  private final URI url;
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger expected = new AtomicInteger();

  private Knocks(HttpTransport transport, URI url) {
    this.transport = transport;
    this.url = url;
  }

  /// Posts for so many seconds, and until one fails as it should.
  ///
  /// @param path of the endpoint
  /// @param error how posts to it fail
  /// @throws IOException if it does not misbehave like that
  static void at(House house, String path, ErrorClass error, int seconds)
      throws IOException, InterruptedException {
    URI url = URI.create(house.hostile().url("localhost", path));
    try (HttpTransport transport = house.transport()) {
      Knocks knocks = new Knocks(transport, url);
      knocks.run(error, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
      if (knocks.delivered.get() > 0 || knocks.expected.get() == 0) {
        throw new IOException(
            "%s does not answer by %s: %s were taken, and %s failed so"
                .formatted(path, error.word(), knocks.delivered, knocks.expected));
      }
    }
  }

  private void run(ErrorClass error, long end) throws InterruptedException {
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      senders.add(Thread.startVirtualThread(() -> knock(error, end)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  /// The first handshakes may take longer than the least patience, and would be cut off again and
  /// again.
  private void knock(ErrorClass error, long end) {
    try {
      Duration patience = LEAST_PATIENCE;
      while (System.nanoTime() < end || awaitsFailure(patience)) {
        Request request = new Request(url, List.of(), new byte[] {'{', '}'}, patience);
        switch (transport.send(request)) {
          case Outcome.Delivered _ -> delivered.incrementAndGet();
          case Outcome.Failed failed when failed.error() == error -> expected.incrementAndGet();
          case Outcome.Failed _ -> patience = longer(patience);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration patience) {
    return Collections.min(List.of(patience.multipliedBy(2), MOST_PATIENCE));
  }

  private boolean awaitsFailure(Duration patience) {
    return expected.get() == 0 && delivered.get() == 0 && patience.compareTo(MOST_PATIENCE) < 0;
  }
}
