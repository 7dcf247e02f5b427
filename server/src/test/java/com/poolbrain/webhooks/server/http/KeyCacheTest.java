package com.poolbrain.webhooks.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.engine.LedgerException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyCacheTest {

  private static final Caller ANN = new Caller("1", "Ann", Set.of(Scope.READ), null);

  private final Map<String, Caller> known = new HashMap<>(Map.of("ann", ANN));
  private final Deque<Runnable> background = new ArrayDeque<>();
  private boolean away;
  private int asked;
  private long millis;

  private final KeyCache cache =
      new KeyCache(this::find, background::add, () -> TimeUnit.MILLISECONDS.toNanos(millis));

  private Caller find(String key) {
    asked++;
    if (away) {
      throw new LedgerException.Away("away", new IllegalStateException());
    }
    return known.get(key);
  }

  @Test
  void aKeyIsAskedForOnceASecond() {
    assertThat(cache.cached("ann")).isNull();
    assertThat(cache.find("ann")).isEqualTo(ANN);
    millis = 499;
    assertThat(cache.cached("ann")).isEqualTo(ANN);
    assertThat(cache.find("ann")).isEqualTo(ANN);
    assertThat(asked).isEqualTo(1);
    assertThat(background).isEmpty();
  }

  @Test
  void aRevokedKeyIsGoodForLessThanASecond() {
    cache.find("ann");
    known.clear();
    millis = 999;
    assertThat(cache.cached("ann")).isEqualTo(ANN);
    millis = 1_000;
    assertThat(cache.cached("ann")).isNull();
    assertThat(cache.find("ann")).isNull();
  }

  @Test
  void aKeyInUseIsRenewedInTheBackgroundByOne() {
    cache.find("ann");
    millis = 600;
    cache.cached("ann");
    cache.cached("ann");
    assertThat(background).hasSize(1);
    background.remove().run();
    millis = 1_500;
    assertThat(cache.cached("ann")).isEqualTo(ANN);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aRevocationThatIsFoundInTheBackgroundHoldsAtOnce() {
    cache.find("ann");
    known.clear();
    millis = 600;
    cache.cached("ann");
    background.remove().run();
    assertThat(cache.cached("ann")).isNull();
  }

  @Test
  void whileTheStoreIsAwayAKeyIsGoodForItsSecondAndThenUnknowable() {
    cache.find("ann");
    away = true;
    millis = 600;
    cache.cached("ann");
    background.remove().run();
    millis = 999;
    assertThat(cache.cached("ann")).isEqualTo(ANN);
    millis = 1_000;
    assertThatThrownBy(() -> cache.find("ann")).isInstanceOf(LedgerException.Away.class);
  }

  @Test
  void whoIsUnknownIsAskedForEveryTime() {
    assertThat(cache.find("bob")).isNull();
    known.put("bob", ANN);
    assertThat(cache.find("bob")).isEqualTo(ANN);
  }
}
