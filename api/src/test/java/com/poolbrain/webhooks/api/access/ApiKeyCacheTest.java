package com.poolbrain.webhooks.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyCacheTest {

  private static final Principal ANN = new Principal("1", "Ann", Set.of(Scope.READ), null);

  private final Map<String, Principal> known = new HashMap<>(Map.of("ann", ANN));
  private final Deque<Runnable> background = new ArrayDeque<>();
  private boolean storeUnavailable;
  private int lookUpCount;
  private long millis;

  private final ApiKeyCache cache =
      new ApiKeyCache(this::find, background::add, () -> TimeUnit.MILLISECONDS.toNanos(millis));

  private Principal find(String key) {
    lookUpCount++;
    if (storeUnavailable) {
      throw new LedgerException.Unavailable("away", new IllegalStateException());
    }
    return known.get(key);
  }

  private @Nullable Principal lookUp(String key) {
    return cache.prepareLookUp(key).get();
  }

  @Test
  void key_is_looked_up_once_a_second() {
    assertThat(cache.findCached("ann")).isNull();
    assertThat(lookUp("ann")).isEqualTo(ANN);
    millis = 499;
    assertThat(cache.findCached("ann")).isEqualTo(ANN);
    assertThat(lookUpCount).isEqualTo(1);
    assertThat(background).isEmpty();
  }

  @Test
  void revoked_key_is_accepted_for_less_than_a_second() {
    lookUp("ann");
    known.clear();
    millis = 999;
    assertThat(cache.findCached("ann")).isEqualTo(ANN);
    millis = 1_000;
    assertThat(cache.findCached("ann")).isNull();
    assertThat(lookUp("ann")).isNull();
  }

  @Test
  void key_in_use_is_refreshed_in_the_background_once() {
    lookUp("ann");
    millis = 600;
    cache.findCached("ann");
    cache.findCached("ann");
    assertThat(background).hasSize(1);
    background.remove().run();
    millis = 1_500;
    assertThat(cache.findCached("ann")).isEqualTo(ANN);
    assertThat(lookUpCount).isEqualTo(2);
  }

  @Test
  void revocation_found_by_a_background_refresh_applies_at_once() {
    lookUp("ann");
    known.clear();
    millis = 600;
    cache.findCached("ann");
    background.remove().run();
    assertThat(cache.findCached("ann")).isNull();
  }

  @Test
  void cached_key_expires_after_a_second_while_the_store_is_unavailable() {
    lookUp("ann");
    storeUnavailable = true;
    millis = 600;
    cache.findCached("ann");
    background.remove().run();
    millis = 999;
    assertThat(cache.findCached("ann")).isEqualTo(ANN);
    millis = 1_000;
    assertThatThrownBy(() -> lookUp("ann")).isInstanceOf(LedgerException.Unavailable.class);
  }

  @Test
  void unknown_key_is_looked_up_every_time() {
    assertThat(lookUp("bob")).isNull();
    known.put("bob", ANN);
    assertThat(lookUp("bob")).isEqualTo(ANN);
  }

  @Test
  void key_is_known_for_a_minute_after_it_was_valid() {
    assertThat(cache.isKnown("ann")).isFalse();
    lookUp("ann");
    millis = 59_999;
    assertThat(cache.findCached("ann")).isNull();
    assertThat(cache.isKnown("ann")).isTrue();
    millis = 60_000;
    assertThat(cache.isKnown("ann")).isFalse();
  }

  @Test
  void revoked_key_is_no_longer_known() {
    lookUp("ann");
    known.clear();
    lookUp("ann");
    assertThat(cache.isKnown("ann")).isFalse();
  }

  @Test
  void concurrent_requests_share_the_look_up_of_a_new_key() {
    Supplier<@Nullable Principal> first = cache.prepareLookUp("ann");
    assertThat(cache.isKnown("ann")).isTrue();
    Supplier<@Nullable Principal> second = cache.prepareLookUp("ann");

    assertThat(second.get()).isEqualTo(ANN);
    assertThat(first.get()).isEqualTo(ANN);

    assertThat(lookUpCount).isEqualTo(1);
  }

  @Test
  void failed_look_up_is_reported_to_all_requests_and_repeated_for_later_ones() {
    storeUnavailable = true;
    Supplier<@Nullable Principal> first = cache.prepareLookUp("ann");
    Supplier<@Nullable Principal> second = cache.prepareLookUp("ann");
    assertThatThrownBy(first::get).isInstanceOf(LedgerException.Unavailable.class);
    assertThatThrownBy(second::get).isInstanceOf(LedgerException.Unavailable.class);
    assertThat(cache.isKnown("ann")).isFalse();

    storeUnavailable = false;
    assertThat(lookUp("ann")).isEqualTo(ANN);
  }
}
