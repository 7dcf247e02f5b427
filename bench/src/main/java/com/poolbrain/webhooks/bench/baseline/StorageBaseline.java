package com.poolbrain.webhooks.bench.baseline;

import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.ProcessUsage;
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
final class StorageBaseline {

  private static final Duration LEASE = Duration.ofHours(1);
  private static final byte[] DATA =
      "{\"customerId\":1001,\"displayName\":\"b0000z000000001\"}"
          .getBytes(StandardCharsets.US_ASCII);
  private static final Outcome DELIVERED = new Outcome.Delivered(new EndpointResponse(200, "ok"));

  private final BenchEnvironment benchEnvironment;
  private final MeasurementPeriod measurementPeriod;
  private final UuidV7Generator uuidV7Generator =
      new UuidV7Generator(InstantSource.system(), new SplittableRandom(1));
  private final UUID endpoint = uuidV7Generator.get();
  private final UUID incarnation = uuidV7Generator.get();

  StorageBaseline(BenchEnvironment benchEnvironment, MeasurementPeriod measurementPeriod) {
    this.benchEnvironment = benchEnvironment;
    this.measurementPeriod = measurementPeriod;
  }

  /// CPU of our side and of PostgreSQL for each delivery.
  double measureMicros(int batchSize) throws SQLException {
    try (Database database = Database.open(benchEnvironment.postgres().databaseSettings())) {
      SecretBox secretBox =
          new SecretBox(
              MasterKey.parse(ServiceUnderTest.MASTER_KEY), List.of(), new SecureRandom());
      var subscriptions = new ConfigReader(secretBox);
      PgLedger ledger =
          new PgLedger(database.ledgerTransactions(), subscriptions::readChangedSince);
      ledger.registerNode(incarnation, LEASE);
      try {
        long version = ledger.renewLease(incarnation, LEASE, -1).configVersion();
        runCycles(ledger, version, batchSize, measurementPeriod.warmUpSeconds());
        long cpuBefore = cpuMicros();
        long deliveries =
            runCycles(ledger, version, batchSize, measurementPeriod.measuredSeconds());
        return (cpuMicros() - cpuBefore) / (double) deliveries;
      } finally {
        ledger.deregisterNode(incarnation);
      }
    }
  }

  private long cpuMicros() throws SQLException {
    return ProcessUsage.ofCurrentProcess().cpuMicros()
        + benchEnvironment.postgres().processUsage().cpuMicros();
  }

  private long runCycles(PgLedger ledger, long version, int batchSize, int seconds) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long deliveries = 0;
    while (System.nanoTime() < deadlineNanos) {
      List<Plan> plans = plans(batchSize);
      StoreResult stored = ledger.store(incarnation, version, plans);
      if (stored != StoreResult.STORED) {
        throw new IllegalStateException("the ledger stored nothing: " + stored);
      }
      ledger.recordResults(incarnation, deliveredResults(plans));
      deliveries += batchSize;
    }
    return deliveries;
  }

  private List<Plan> plans(int batchSize) {
    Instant now = Instant.now();
    List<Plan> plans = new ArrayList<>(batchSize);
    for (int i = 0; i < batchSize; i++) {
      Event event = new Event(uuidV7Generator.get(), 1, "customer.created", now, 1, DATA);
      NewDelivery delivery =
          new NewDelivery(
              uuidV7Generator.get(),
              event,
              endpoint,
              "customer.created",
              Trigger.AUTOMATIC,
              true,
              null);
      plans.add(
          new Plan(List.of(new NewEvent(event, List.of("1001"))), List.of(delivery), Map.of()));
    }
    return plans;
  }

  private List<AttemptResult> deliveredResults(List<Plan> plans) {
    Instant now = Instant.now();
    List<AttemptResult> results = new ArrayList<>(plans.size());
    for (Plan plan : plans) {
      NewDelivery newDelivery = plan.deliveries().getFirst();
      Claim claim =
          new Claim(
              newDelivery.id(),
              newDelivery.event(),
              endpoint,
              newDelivery.eventName(),
              Trigger.AUTOMATIC,
              0,
              0,
              now);
      Attempt attempt =
          new Attempt(
              uuidV7Generator.get(), Trigger.AUTOMATIC, now, Duration.ofMillis(1), DELIVERED);
      results.add(new AttemptResult.Sent(claim, attempt, new Verdict.Done()));
    }
    return results;
  }
}
