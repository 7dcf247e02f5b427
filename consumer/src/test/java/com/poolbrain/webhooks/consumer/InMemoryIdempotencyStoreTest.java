package com.poolbrain.webhooks.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InMemoryIdempotencyStoreTest implements IdempotencyStoreContract {

  private static final Duration RETENTION = Duration.ofHours(24);

  private final IdempotencyStore store = new InMemoryIdempotencyStore();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final IdempotencyStore small = new InMemoryIdempotencyStore(3, RETENTION, now::get);

  @Override
  public IdempotencyStore store() {
    return store;
  }

  @Test
  void the_delivery_that_was_completed_first_is_forgotten_when_the_store_is_full() {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(UUID.randomUUID());
      small.complete((Claim) small.claim(ids.get(i), LONG));
    }

    assertThat(small.claim(ids.get(1), LONG)).isInstanceOf(ClaimResult.Completed.class);
    assertThat(small.claim(ids.get(0), LONG)).as("forgotten").isInstanceOf(Claim.class);
  }

  @Test
  void a_completed_delivery_is_forgotten_after_the_retention() {
    UUID id = UUID.randomUUID();
    small.complete((Claim) small.claim(id, LONG));

    now.set(Instant.EPOCH.plus(RETENTION).minusNanos(1));
    assertThat(small.claim(id, LONG)).isInstanceOf(ClaimResult.Completed.class);
    now.set(Instant.EPOCH.plus(RETENTION));
    assertThat(small.claim(id, LONG)).isInstanceOf(Claim.class);
  }

  @Test
  void a_store_full_of_deliveries_in_progress_refuses_another_one() {
    Claim first = (Claim) small.claim(UUID.randomUUID(), LONG);
    small.claim(UUID.randomUUID(), LONG);
    small.claim(UUID.randomUUID(), LONG);

    assertThatThrownBy(() -> small.claim(UUID.randomUUID(), LONG))
        .isInstanceOf(IllegalStateException.class);
    small.release(first);
    assertThat(small.claim(UUID.randomUUID(), LONG)).isInstanceOf(Claim.class);
  }

  @Test
  void an_outdated_completion_does_not_forget_a_later_claim() {
    UUID id = UUID.randomUUID();
    small.complete((Claim) small.claim(id, LONG));
    now.set(Instant.EPOCH.plus(RETENTION));
    small.claim(id, LONG);
    now.set(now.get().plusSeconds(1));
    small.claim(UUID.randomUUID(), LONG);

    assertThat(small.claim(id, LONG)).isInstanceOf(ClaimResult.InProgress.class);
  }
}
