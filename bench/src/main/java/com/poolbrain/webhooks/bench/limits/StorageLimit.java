package com.poolbrain.webhooks.bench.limits;

import com.poolbrain.webhooks.bench.service.House;
import com.poolbrain.webhooks.bench.service.OwnService;
import com.poolbrain.webhooks.bench.service.Usage;
import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.Ids;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
import com.poolbrain.webhooks.store.Database;
import com.poolbrain.webhooks.store.MasterKey;
import com.poolbrain.webhooks.store.SecretBox;
import com.poolbrain.webhooks.store.SubscriptionsReader;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// One storage cycle alone: single events with one delivery each are stored, and settled as
/// delivered, in batches, one after the other.
final class StorageLimit {

  private static final Duration LEASE = Duration.ofHours(1);
  private static final byte[] DATA =
      "{\"customerId\":1001,\"displayName\":\"b0000z000000001\"}"
          .getBytes(StandardCharsets.US_ASCII);
  private static final Outcome DELIVERED = new Outcome.Delivered(new Answer(200, "ok"));

  private final House house;
  private final Spell spell;
  private final Ids ids = new Ids(InstantSource.system(), new SplittableRandom(1));
  private final UUID endpoint = ids.get();
  private final UUID incarnation = ids.get();

  StorageLimit(House house, Spell spell) {
    this.house = house;
    this.spell = spell;
  }

  /// CPU of our side and of PostgreSQL for each delivery.
  double micros(int batch) throws SQLException {
    try (Database database = Database.open(house.postgres().settings())) {
      SecretBox box =
          new SecretBox(MasterKey.parse(OwnService.MASTER_KEY), List.of(), new SecureRandom());
      var subscriptions = new SubscriptionsReader(box);
      PgLedger ledger = new PgLedger(database.ledger(), subscriptions::changedSince);
      ledger.begin(incarnation, LEASE);
      try {
        long version = ledger.renew(incarnation, LEASE, -1).version();
        cycles(ledger, version, batch, spell.warmUp());
        long before = cpu();
        long deliveries = cycles(ledger, version, batch, spell.seconds());
        return (cpu() - before) / (double) deliveries;
      } finally {
        ledger.end(incarnation);
      }
    }
  }

  private long cpu() throws SQLException {
    return Usage.ofBench().cpuMicros() + house.postgres().usage().cpuMicros();
  }

  private long cycles(PgLedger ledger, long version, int batch, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long deliveries = 0;
    while (System.nanoTime() < end) {
      List<Plan> plans = plans(batch);
      Storing stored = ledger.store(incarnation, version, plans);
      if (stored != Storing.STORED) {
        throw new IllegalStateException("the ledger stored nothing: " + stored);
      }
      ledger.settle(incarnation, settlements(plans));
      deliveries += batch;
    }
    return deliveries;
  }

  private List<Plan> plans(int batch) {
    Instant now = Instant.now();
    List<Plan> plans = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      Event event = new Event(ids.get(), 1, "customer.created", now, 1, DATA);
      NewDelivery delivery =
          new NewDelivery(
              ids.get(), event, endpoint, "customer.created", Trigger.AUTOMATIC, true, null);
      plans.add(
          new Plan(List.of(new NewEvent(event, List.of("1001"))), List.of(delivery), Map.of()));
    }
    return plans;
  }

  private List<Settlement> settlements(List<Plan> plans) {
    Instant now = Instant.now();
    List<Settlement> settlements = new ArrayList<>(plans.size());
    for (Plan plan : plans) {
      NewDelivery made = plan.deliveries().getFirst();
      Claim claim =
          new Claim(made.id(), made.event(), endpoint, made.name(), Trigger.AUTOMATIC, 0, 0, now);
      Attempt attempt =
          new Attempt(ids.get(), Trigger.AUTOMATIC, now, Duration.ofMillis(1), DELIVERED);
      settlements.add(new Settlement(claim, attempt, new Verdict.Done()));
    }
    return settlements;
  }
}
