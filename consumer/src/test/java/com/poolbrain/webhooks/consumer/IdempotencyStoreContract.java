package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every idempotency store must do.
public interface IdempotencyStoreContract {

  Duration LONG = Duration.ofHours(1);
  Duration SHORT = Duration.ofMillis(1);

  /// The store under test.
  IdempotencyStore store();

  @Test
  default void a_claimed_delivery_is_in_progress_for_others() {
    UUID id = UUID.randomUUID();
    claim(id);

    assertThat(store().claim(id, LONG)).isInstanceOf(ClaimResult.InProgress.class);
    assertThat(store().claim(UUID.randomUUID(), LONG)).isInstanceOf(Claim.class);
  }

  @Test
  default void a_completed_delivery_stays_completed() {
    UUID id = UUID.randomUUID();
    Claim claim = claim(id);

    assertThat(store().complete(claim)).isTrue();
    assertThat(store().claim(id, LONG)).isInstanceOf(ClaimResult.Completed.class);
    assertThat(store().complete(claim)).as("completed again").isTrue();
    store().release(claim);
    assertThat(store().claim(id, LONG)).isInstanceOf(ClaimResult.Completed.class);
  }

  @Test
  default void a_released_delivery_can_be_claimed_at_once() {
    UUID id = UUID.randomUUID();
    Claim failed = claim(id);
    store().release(failed);

    Claim next = claim(id);

    assertThat(next.token()).isNotEqualTo(failed.token());
    assertThat(store().complete(failed)).as("complete after the release").isFalse();
    assertThat(store().complete(next)).isTrue();
  }

  @Test
  default void a_delivery_is_taken_over_after_its_lease_and_the_first_claim_is_lost() {
    UUID id = UUID.randomUUID();
    Claim dead = (Claim) store().claim(id, SHORT);

    Claim heir =
        (Claim) await().until(() -> store().claim(id, LONG), result -> result instanceof Claim);

    store().release(dead);
    assertThat(store().complete(dead)).isFalse();
    assertThat(store().claim(id, LONG)).isInstanceOf(ClaimResult.InProgress.class);
    assertThat(store().complete(heir)).isTrue();
  }

  @Test
  default void a_claim_whose_lease_ended_can_be_completed_if_nobody_took_over() {
    Claim claim = (Claim) store().claim(UUID.randomUUID(), SHORT);

    assertThat(store().complete(claim)).isTrue();
    assertThat(store().claim(claim.id(), LONG)).isInstanceOf(ClaimResult.Completed.class);
  }

  /// All threads race for each delivery, some after a failure or the death of another process.
  @Test
  default void one_of_many_concurrent_claims_succeeds() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      var barrier = new CyclicBarrier(threads);
      for (int round = 0; round < 30; round++) {
        UUID id = UUID.randomUUID();
        if (round % 3 == 1) {
          store().release(claim(id));
        } else if (round % 3 == 2) {
          store().claim(id, SHORT);
        }
        var winners = new AtomicInteger();
        List<Future<?>> racers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          racers.add(
              pool.submit(() -> {
                barrier.await();
                while (winners.get() == 0) {
                  if (store().claim(id, LONG) instanceof Claim) {
                    winners.incrementAndGet();
                  }
                }
                return null;
              }));
        }
        for (Future<?> racer : racers) {
          racer.get();
        }
        assertThat(winners).as("winners of round " + round).hasValue(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Claim claim(UUID id) {
    ClaimResult result = store().claim(id, LONG);
    assertThat(result).isInstanceOf(Claim.class);
    return (Claim) result;
  }
}
