package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.Request;
import com.poolbrain.webhooks.transport.HttpTransport;
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
  private final AtomicInteger failed = new AtomicInteger();

  private Knocks(HttpTransport transport, Request request) {
    this.transport = transport;
    this.request = request;
  }

  /// Posts for so many seconds.
  ///
  /// @param path what the endpoint does
  /// @return how many posts failed, which they all should
  static int at(House house, String path, int seconds) throws InterruptedException {
    URI url = URI.create(house.hostile().url("localhost", path));
    try (HttpTransport transport = house.transport()) {
      Knocks knocks =
          new Knocks(transport, new Request(url, List.of(), new byte[] {'{', '}'}, PATIENCE));
      knocks.run(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
      return knocks.failed.get();
    }
  }

  private void run(long end) throws InterruptedException {
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      senders.add(Thread.startVirtualThread(() -> knock(end)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private void knock(long end) {
    try {
      while (System.nanoTime() < end) {
        if (!(transport.send(request) instanceof Outcome.Delivered)) {
          failed.incrementAndGet();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
