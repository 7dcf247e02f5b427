package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.ServiceUnderTest;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.store.config.ConfigReader;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.ledger.PgLedger;
import com.poolbrain.webhooks.store.secret.MasterKey;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Storage alone: stores batches of events with one delivery each, and then their results.
final class StorageBaseline implements BaselineRunner.Step {

  private static final Duration LEASE = Duration.ofHours(1);
  private static final String EVENT_TYPE = "customer.created";
  private static final byte[] DATA =
      "{\"customerId\":1001,\"displayName\":\"b0000z000000001\"}"
          .getBytes(StandardCharsets.US_ASCII);
  private static final Outcome DELIVERED = new Outcome.Delivered(new EndpointResponse(200, "ok"));

  private final int batchSize;
  private final UuidV7Generator ids =
      new UuidV7Generator(InstantSource.system(), new SplittableRandom(1));
  private final UUID endpoint = ids.get();
  private final UUID incarnation = ids.get();
  private final Database database;
  private final PgLedger ledger;
  private final long configVersion;

  StorageBaseline(BenchEnvironment environment, int batchSize) {
    this.batchSize = batchSize;
    database = Database.open(environment.postgres().databaseSettings());
    SecretBox secretBox =
        new SecretBox(MasterKey.parse(ServiceUnderTest.MASTER_KEY), List.of(), new SecureRandom());
    ConfigReader configReader = new ConfigReader(secretBox);
    ledger = new PgLedger(database, configReader);
    ledger.registerNode(incarnation, LEASE);
    configVersion = ledger.renewLease(incarnation, LEASE, -1).configVersion();
  }

  @Override
  public long run(int seconds) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long deliveries = 0;
    while (System.nanoTime() < deadlineNanos) {
      List<Plan> plans = Stream.generate(this::newPlan).limit(batchSize).toList();
      StoreResult stored = ledger.store(incarnation, configVersion, plans);
      if (stored != StoreResult.STORED) {
        throw new IllegalStateException("The ledger did not store the plans: " + stored);
      }
      ledger.recordResults(incarnation, plans.stream().map(this::delivered).toList());
      deliveries += batchSize;
    }
    return deliveries;
  }

  private Plan newPlan() {
    Event event = new Event(ids.get(), 1, EVENT_TYPE, Instant.now(), 1, DATA);
    NewDelivery delivery =
        new NewDelivery(ids.get(), event, endpoint, EVENT_TYPE, Trigger.AUTOMATIC, true, null);
    return new Plan(List.of(new NewEvent(event, List.of("1001"))), List.of(delivery), Map.of());
  }

  private AttemptResult delivered(Plan plan) {
    NewDelivery delivery = plan.deliveries().getFirst();
    Instant now = Instant.now();
    Claim claim =
        new Claim(
            delivery.id(), delivery.event(), endpoint, EVENT_TYPE, Trigger.AUTOMATIC, 0, 0, now);
    Attempt attempt =
        new Attempt(ids.get(), Trigger.AUTOMATIC, now, Duration.ofMillis(1), DELIVERED);
    return new AttemptResult.Sent(claim, attempt, new Verdict.Done());
  }

  @Override
  public void close() {
    ledger.deregisterNode(incarnation);
    database.close();
  }
}
