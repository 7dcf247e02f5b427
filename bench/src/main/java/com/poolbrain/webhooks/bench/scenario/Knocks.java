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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Posts to an endpoint that misbehaves, without the service, so that what the bench has to do for
/// such a post is compiled before anything is measured: of the service come some 25 a second.
final class Knocks {

  private static final int AT_A_TIME = 16;
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final HttpTransport transport;
  private final Request request;
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger expected = new AtomicInteger();

  private Knocks(HttpTransport transport, Request request) {
    this.transport = transport;
    this.request = request;
  }

  /// Posts for so many seconds.
  ///
  /// @param path of the endpoint
  /// @param error how posts to it fail
  /// @throws IOException if it does not misbehave like that
  static void at(House house, String path, ErrorClass error, int seconds)
      throws IOException, InterruptedException {
    URI url = URI.create(house.hostile().url("localhost", path));
    try (HttpTransport transport = house.transport()) {
      Knocks knocks =
          new Knocks(transport, new Request(url, List.of(), new byte[] {'{', '}'}, PATIENCE));
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

  private void knock(ErrorClass error, long end) {
    try {
      while (System.nanoTime() < end) {
        switch (transport.send(request)) {
          case Outcome.Delivered _ -> delivered.incrementAndGet();
          case Outcome.Failed failed when failed.error() == error -> expected.incrementAndGet();
          case Outcome.Failed _ -> {} // the first handshakes may take longer than its patience
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
