package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Room;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
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

/// Several at once: whatever comes first, the result is one that an order could have had.
abstract class RacesTopic extends Topic {

  private static final int THREADS = 4;

  private UUID endpoint;

  @BeforeEach
  void configure() {
    endpoint = story.onlyEndpoint();
  }

  @Test
  void eachDeliveryIsClaimedByOneNodeOnly() throws Exception {
    UUID other = story.id();
    UUID node = story.node();
    story.store(node, story.many(300, endpoint).toArray(NewDelivery[]::new));
    story.store(node, story.many(300, other).toArray(NewDelivery[]::new));

    List<List<Claim>> claimed =
        atOnce(_ -> {
          UUID mine = story.node();
          List<Claim> claims = new ArrayList<>();
          List<Claim> some;
          do {
            some = ledger.claim(mine, List.of(new Room(endpoint, 7), new Room(other, 5)));
            claims.addAll(some);
          } while (!some.isEmpty() || !ledger.backlogs().isEmpty());
          return claims;
        });

    List<UUID> ids = claimed.stream().flatMap(List::stream).map(Claim::id).toList();
    assertThat(ids).hasSize(600).doesNotHaveDuplicates();
  }

  @RepeatedTest(5)
  void ofSeveralPublishesWithOneKeyOneIsStored() throws Exception {
    UUID node = story.node();
    long version = story.version();
    IdempotencyKey key = new IdempotencyKey("key:1", "the same");
    List<Storing> storings =
        atOnce(i ->
            ledger.store(
                node,
                version,
                List.of(
                    StoringTopic.remembering(plan(story.waiting(endpoint)), key, "content " + i))));

    assertThat(storings).containsOnlyOnce(Storing.STORED);
    assertThat(storings).filteredOn(s -> s != Storing.STORED).containsOnly(Storing.KEY_KNOWN);
    assertThat(story.claim(node, endpoint, 10)).hasSize(1);
  }

  @RepeatedTest(5)
  void publishesWithTheSameKeysInAnotherOrderDoNotWaitForEachOtherForEver() throws Exception {
    UUID node = story.node();
    long version = story.version();
    List<IdempotencyKey> keys =
        IntStream.range(0, 20).mapToObj(i -> new IdempotencyKey("key:1", "k" + i)).toList();

    List<Storing> storings =
        atOnce(_ -> {
          List<IdempotencyKey> mine = new ArrayList<>(keys);
          Collections.shuffle(mine);
          return ledger.store(
              node,
              version,
              mine.stream()
                  .map(key -> StoringTopic.remembering(plan(story.waiting(endpoint)), key, "x"))
                  .toList());
        });

    assertThat(storings).containsOnlyOnce(Storing.STORED);
    assertThat(story.claim(node, endpoint, 100)).hasSize(keys.size());
  }

  /// So few that the burial, which waits for what is being stored, does not wait for ever.
  @RepeatedTest(5)
  void whateverANodeStoredBeforeItWasBuriedIsFreed() throws Exception {
    UUID silent = story.silentNode();
    UUID gravedigger = story.node();
    long version = story.version();
    List<Integer> stored =
        atOnce(i -> {
          if (i == 0) {
            ledger.bury(gravedigger);
            return 0;
          }
          int count = 0;
          while (count < 20
              && ledger.store(silent, version, List.of(plan(story.owned(endpoint))))
                  == Storing.STORED) {
            count++;
          }
          return count;
        });

    int all = stored.stream().mapToInt(Integer::intValue).sum();
    assertThat(story.claim(gravedigger, endpoint, 1_000_000)).hasSize(all);
  }

  @RepeatedTest(5)
  void oneSettlementBroughtBySeveralCountsOnce() throws Exception {
    UUID node = story.node();
    List<Claim> claims =
        IntStream.range(0, 50).mapToObj(_ -> story.storeOwned(node, endpoint)).toList();
    List<Settlement> settlements =
        claims.stream()
            .map(c -> c.id().hashCode() % 2 == 0 ? story.succeeded(c) : story.gaveUp(c))
            .toList();

    List<List<Settled>> settled =
        atOnce(_ -> {
          List<Settlement> mine = new ArrayList<>(settlements);
          Collections.shuffle(mine);
          return ledger.settle(node, mine);
        });

    for (List<Settled> answers : settled) {
      assertThat(answers).extracting(Settled::number).containsOnly(1);
      assertThat(byId(answers)).isEqualTo(byId(settled.getFirst()));
    }
    assertThat(story.reopened(node, claims.getFirst().id()).attempts()).isEqualTo(1);
  }

  @RepeatedTest(5)
  void attemptsOfOneDeliveryThatSeveralBringAreNumberedOneByOne() throws Exception {
    UUID owner = story.node();
    Claim claim = story.storeOwned(owner, endpoint);

    List<List<Settled>> settled =
        atOnce(i -> {
          UUID mine = i == 0 ? owner : story.node();
          return List.of(story.settle(mine, i == 0 ? story.succeeded(claim) : story.gaveUp(claim)));
        });

    List<Integer> numbers =
        settled.stream().flatMap(List::stream).map(Settled::number).sorted().toList();
    assertThat(numbers)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, THREADS).boxed().toList());
    assertThat(settled.getFirst().getFirst().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(settled.getFirst().getFirst().late()).isFalse();
    assertThat(ledger.backlogs()).isEmpty();
  }

  @RepeatedTest(5)
  void aDeliveryIsOpenedByHandByOneOnly() throws Exception {
    UUID node = story.node();
    Claim ended = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(ended));
    NewDelivery waiting = story.storeWaiting(node, endpoint);

    for (UUID id : List.of(ended.id(), waiting.id())) {
      List<Reopening> reopenings = atOnce(_ -> ledger.reopen(story.node(), COMPANY, id));

      assertThat(reopenings)
          .filteredOn(r -> r instanceof Reopening.Reopened)
          .as("opened")
          .hasSize(1);
      assertThat(reopenings).filteredOn(r -> r instanceof Reopening.Busy).hasSize(THREADS - 1);
    }
  }

  @RepeatedTest(5)
  void settlingFreeingClaimingAndSkippingAtOnceLoseAndDoubleNothing() throws Exception {
    UUID silent = story.silentNode();
    List<Claim> claims =
        IntStream.range(0, 100).mapToObj(_ -> story.storeOwned(silent, endpoint)).toList();
    List<Settlement> results = claims.stream().map(story::succeeded).toList();
    UUID node = story.node();
    long version = story.version();

    atOnce(i ->
        switch (i) {
          case 0 -> ledger.bury(node);
          case 1 -> ledger.settle(silent, results);
          case 2 -> ledger.claim(node, List.of(new Room(endpoint, 40)));
          default ->
              ledger.skip(
                  version,
                  endpoint,
                  com.poolbrain.webhooks.domain.SkipReason.ENDPOINT_PAUSED,
                  List.of(),
                  40);
        });

    assertThat(ledger.backlogs()).isEmpty();
    for (Claim claim : claims) {
      assertThat(story.reopened(node, claim.id()).attempts()).isEqualTo(1);
    }
    assertThat(ledger.settle(silent, results))
        .extracting(Settled::status)
        .containsOnly(DeliveryStatus.DELIVERED);
  }

  private static Map<UUID, DeliveryStatus> byId(List<Settled> answers) {
    return answers.stream().collect(Collectors.toMap(Settled::deliveryId, Settled::status));
  }

  private static <T> List<T> atOnce(Function<Integer, T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<T>> calls =
          IntStream.range(0, THREADS)
              .<Callable<T>>mapToObj(i ->
                  () -> {
                    start.await();
                    return work.apply(i);
                  })
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
