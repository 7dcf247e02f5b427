package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.planOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Concurrent operations: the result is one that some sequential order would have had.
abstract class ConcurrencyContract extends LedgerContractPart {

  private static final int THREADS = 4;

  private UUID endpoint;

  @BeforeEach
  void configure() {
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void concurrent_claims_return_each_delivery_once() throws Exception {
    UUID other = fixture.newId();
    UUID node = fixture.registerNode();
    fixture.store(node, fixture.unownedDeliveries(300, endpoint).toArray(NewDelivery[]::new));
    fixture.store(node, fixture.unownedDeliveries(300, other).toArray(NewDelivery[]::new));

    List<List<Claim>> claimed =
        runConcurrently(_ -> {
          UUID own = fixture.registerNode();
          List<Claim> claims = new ArrayList<>();
          List<Claim> batch;
          do {
            batch =
                ledger.claim(
                    own, List.of(new ClaimRequest(endpoint, 7), new ClaimRequest(other, 5)));
            claims.addAll(batch);
          } while (!batch.isEmpty() || !ledger.unownedBacklogs().isEmpty());
          return claims;
        });

    List<UUID> ids = claimed.stream().flatMap(List::stream).map(Claim::id).toList();
    assertThat(ids).hasSize(600).doesNotHaveDuplicates();
  }

  @RepeatedTest(5)
  void concurrent_publishes_with_one_key_are_stored_once() throws Exception {
    UUID node = fixture.registerNode();
    long version = fixture.configVersion();
    IdempotencyKey key = new IdempotencyKey("key:1", "the same");
    List<StoreResult> storeResults =
        runConcurrently(i ->
            ledger.store(
                node,
                version,
                List.of(
                    StoreContract.withIdempotencyKey(
                        planOf(fixture.unownedDelivery(endpoint)), key, "content " + i))));

    assertThat(storeResults).containsOnlyOnce(StoreResult.STORED);
    assertThat(storeResults)
        .filteredOn(s -> s != StoreResult.STORED)
        .containsOnly(StoreResult.DUPLICATE_KEY);
    assertThat(fixture.claim(node, endpoint, 10)).hasSize(1);
  }

  @RepeatedTest(5)
  void concurrent_publishes_with_keys_in_different_order_do_not_deadlock() throws Exception {
    UUID node = fixture.registerNode();
    long version = fixture.configVersion();
    List<IdempotencyKey> keys =
        IntStream.range(0, 20).mapToObj(i -> new IdempotencyKey("key:1", "k" + i)).toList();

    List<StoreResult> storeResults =
        runConcurrently(_ -> {
          List<IdempotencyKey> own = new ArrayList<>(keys);
          Collections.shuffle(own);
          return ledger.store(
              node,
              version,
              own.stream()
                  .map(key ->
                      StoreContract.withIdempotencyKey(
                          planOf(fixture.unownedDelivery(endpoint)), key, "x"))
                  .toList());
        });

    assertThat(storeResults).containsOnlyOnce(StoreResult.STORED);
    assertThat(fixture.claim(node, endpoint, 100)).hasSize(keys.size());
  }

  /// Few enough that the expiry of a node, which waits for running stores, ends.
  @RepeatedTest(5)
  void deliveries_stored_before_expiry_are_released() throws Exception {
    UUID expiredNode = fixture.registerExpiredNode();
    UUID liveNode = fixture.registerNode();
    long version = fixture.configVersion();
    List<Integer> stored =
        runConcurrently(i -> {
          if (i == 0) {
            ledger.expireDeadNodes(liveNode);
            return 0;
          }
          int count = 0;
          while (count < 20
              && ledger.store(
                      expiredNode, version, List.of(planOf(fixture.ownedDelivery(endpoint))))
                  == StoreResult.STORED) {
            count++;
          }
          return count;
        });

    int totalStored = stored.stream().mapToInt(Integer::intValue).sum();
    assertThat(fixture.claim(liveNode, endpoint, 1_000_000)).hasSize(totalStored);
  }

  @RepeatedTest(5)
  void result_recorded_concurrently_counts_once() throws Exception {
    UUID node = fixture.registerNode();
    List<Claim> claims =
        IntStream.range(0, 50).mapToObj(_ -> fixture.storeOwned(node, endpoint)).toList();
    List<AttemptResult> settlements =
        claims.stream()
            .map(c -> c.id().hashCode() % 2 == 0 ? fixture.success(c) : fixture.finalFailure(c))
            .toList();

    List<List<RecordedResult>> settled =
        runConcurrently(_ -> {
          List<AttemptResult> own = new ArrayList<>(settlements);
          Collections.shuffle(own);
          return ledger.recordResults(node, own);
        });

    for (List<RecordedResult> recorded : settled) {
      assertThat(recorded).extracting(RecordedResult::attemptNumber).containsOnly(1);
      assertThat(statusById(recorded)).isEqualTo(statusById(settled.getFirst()));
    }
    assertThat(fixture.reopen(node, claims.getFirst().id()).attempts()).isEqualTo(1);
  }

  @RepeatedTest(5)
  void concurrent_attempts_of_one_delivery_get_consecutive_numbers() throws Exception {
    UUID owner = fixture.registerNode();
    Claim claim = fixture.storeOwned(owner, endpoint);

    List<List<RecordedResult>> settled =
        runConcurrently(i -> {
          UUID own = i == 0 ? owner : fixture.registerNode();
          return List.of(
              fixture.recordResult(
                  own, i == 0 ? fixture.success(claim) : fixture.finalFailure(claim)));
        });

    List<Integer> numbers =
        settled.stream().flatMap(List::stream).map(RecordedResult::attemptNumber).sorted().toList();
    assertThat(numbers)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, THREADS).boxed().toList());
    assertThat(settled.getFirst().getFirst().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(settled.getFirst().getFirst().late()).isFalse();
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @RepeatedTest(5)
  void concurrent_reopens_succeed_once() throws Exception {
    UUID node = fixture.registerNode();
    Claim ended = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(ended));
    NewDelivery waiting = fixture.storeUnowned(node, endpoint);

    for (UUID id : List.of(ended.id(), waiting.id())) {
      List<ReopenResult> reopenResults =
          runConcurrently(_ -> ledger.reopen(fixture.registerNode(), COMPANY, id));

      assertThat(reopenResults)
          .filteredOn(r -> r instanceof ReopenResult.Reopened)
          .as("successful reopens")
          .hasSize(1);
      assertThat(reopenResults)
          .filteredOn(r -> r instanceof ReopenResult.Busy)
          .hasSize(THREADS - 1);
    }
  }

  @RepeatedTest(5)
  void concurrent_record_expire_claim_and_skip_lose_and_duplicate_nothing() throws Exception {
    UUID expiredNode = fixture.registerExpiredNode();
    List<Claim> claims =
        IntStream.range(0, 100).mapToObj(_ -> fixture.storeOwned(expiredNode, endpoint)).toList();
    List<AttemptResult> results = claims.stream().map(fixture::success).toList();
    UUID node = fixture.registerNode();
    long version = fixture.configVersion();

    runConcurrently(i ->
        switch (i) {
          case 0 -> ledger.expireDeadNodes(node);
          case 1 -> ledger.recordResults(expiredNode, results);
          case 2 -> ledger.claim(node, List.of(new ClaimRequest(endpoint, 40)));
          default ->
              ledger.skipUnowned(
                  version,
                  endpoint,
                  com.poolbrain.webhooks.domain.SkipReason.ENDPOINT_PAUSED,
                  List.of(),
                  40);
        });

    assertThat(ledger.unownedBacklogs()).isEmpty();
    for (Claim claim : claims) {
      assertThat(fixture.reopen(node, claim.id()).attempts()).isEqualTo(1);
    }
    assertThat(ledger.recordResults(expiredNode, results))
        .extracting(RecordedResult::status)
        .containsOnly(DeliveryStatus.DELIVERED);
  }

  private static Map<UUID, DeliveryStatus> statusById(List<RecordedResult> recorded) {
    return recorded.stream()
        .collect(Collectors.toMap(RecordedResult::deliveryId, RecordedResult::status));
  }

  private static <T> List<T> runConcurrently(Function<Integer, T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<T>> calls =
          IntStream.range(0, THREADS)
              .<Callable<T>>mapToObj(i ->
                  () -> {
                    start.await();
                    return work.apply(i);
                  })
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
