package com.poolbrain.webhooks.bench.limits;

import com.poolbrain.webhooks.bench.load.Generator;
import com.poolbrain.webhooks.bench.load.Rotation;
import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.load.Target;
import com.poolbrain.webhooks.bench.load.Template;
import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.Setup;
import com.poolbrain.webhooks.bench.service.Usage;
import com.poolbrain.webhooks.engine.Acceptance;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Caller;
import com.poolbrain.webhooks.server.http.HttpLimits;
import com.poolbrain.webhooks.server.http.HttpService;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.server.publish.PublishReader;
import com.poolbrain.webhooks.server.publish.Publishing;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One publish alone: our HTTP service and its reading of requests, with an engine that answers at
/// once, and the generator.
final class PublishLimit {

  private static final int CONNECTIONS = 64;
  private static final int MOST_PER_SECOND = 150_000;
  private static final UUID EVENT = new UUID(0x0197000000007000L, 0x8000000000000001L);

  private final House house;
  private final Spell spell;

  PublishLimit(House house, Spell spell) {
    this.house = house;
    this.spell = spell;
  }

  /// CPU of both ends.
  double micros() throws IOException {
    Vertx vertx = Vertx.vertx();
    Caller caller = new Caller("bench", "bench", Set.of(Scope.PUBLISH), null);
    var publishing =
        new Publishing(new PublishReader(Catalogue.released()), PublishLimit::acceptance);
    HttpService http =
        new HttpService(
            vertx,
            new HttpService.Address("127.0.0.1", 0),
            _ -> caller,
            publishing.routes(),
            HttpLimits.DEFAULT);
    try {
      http.start();
      Target ours = new Setup(house.service()).target(40, "customer.created");
      URI url = URI.create("http://127.0.0.1:" + http.port() + "/api/v1/events");
      return micros(new Target(url, ours.headers(), ours.body()));
    } finally {
      http.close();
      vertx.close().await();
    }
  }

  private static CompletableFuture<Acceptance> acceptance(Submission submission) {
    return CompletableFuture.completedFuture(
        new Acceptance.Accepted(
            submission.parts().stream()
                .map(
                    part -> new Receipt(List.of(EVENT), part.companyId(), part.type().name(), 1, 0))
                .toList()));
  }

  private double micros(Target target) throws IOException {
    Rotation requests =
        new Rotation(List.of(new Template(target, house.marks(), Instant.now())), 1);
    try (Generator generator = new Generator(house.loops(), target.publishUrl(), CONNECTIONS)) {
      publish(generator, requests, spell.warmUp());
      long before = Usage.ofBench().cpuMicros();
      Tally tally = publish(generator, requests, spell.seconds());
      return (Usage.ofBench().cpuMicros() - before) / (double) tally.accepted();
    }
  }

  private Tally publish(Generator generator, Rotation requests, int seconds) {
    int events = MOST_PER_SECOND * seconds;
    Tally tally = new Tally(house.marks().numbers(events), events, 1);
    generator.closedLoop(requests, tally, TimeUnit.SECONDS.toNanos(seconds));
    return tally;
  }
}
