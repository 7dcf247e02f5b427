package com.poolbrain.webhooks.store.config;

import static com.poolbrain.webhooks.store.config.ConfigFixture.ACTOR;
import static com.poolbrain.webhooks.store.config.ConfigFixture.masterKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.EventTypeStore.PutResult;
import com.poolbrain.webhooks.store.config.StoredEventType.Fields;
import com.poolbrain.webhooks.store.secret.SecretBox;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The event types that operators added, and how nodes learn of them.
@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class EventTypeStoreTest {

  private final ConfigFixture fixture;
  private final EventTypeStore store;

  EventTypeStoreTest(TestServer server) {
    fixture = ConfigFixture.create(server);
    store = new EventTypeStore(fixture.configTransactions());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Fields fields(String description) {
    return new Fields(description, "Pool", false, "{}", List.of("{}"), List.of("poolId"));
  }

  private PutResult put(String name, String description) {
    return store.put(name, fields(description), _ -> List.of("Now " + description), ACTOR);
  }

  @Test
  void number_of_types_is_limited_but_not_the_change_of_one() {
    for (int i = 0; i < Limits.MAX_OPERATOR_EVENT_TYPES; i++) {
      assertThat(put("pool.n" + i, "d")).isInstanceOf(PutResult.Created.class);
    }

    assertThat(put("pool.further", "d")).isInstanceOf(PutResult.LimitReached.class);
    assertThat(store.get("pool.further")).isNull();
    assertThat(put("pool.n0", "e")).isInstanceOf(PutResult.Changed.class);
  }

  @Test
  void latest_changes_are_kept() {
    put("pool.opened", "0");
    for (int i = 1; i <= EventTypeStore.MAX_CHANGES + 2; i++) {
      put("pool.opened", Integer.toString(i));
    }

    List<StoredEventType.Change> changes =
        Objects.requireNonNull(store.get("pool.opened")).changes();
    assertThat(changes).hasSize(EventTypeStore.MAX_CHANGES);
    assertThat(changes.getFirst().notices())
        .containsExactly("Now " + (EventTypeStore.MAX_CHANGES + 2));
    assertThat(changes.getLast().notices()).containsExactly("Now 3");
  }

  @Test
  void node_gets_all_types_with_the_configuration_but_only_if_one_changed() {
    List<List<StoredEventType>> received = new ArrayList<>();
    var reader =
        new ConfigReader(new SecretBox(masterKey(7), List.of(), new SecureRandom()), received::add);
    put("pool.opened", "d");
    put("pool.closed", "d");
    long version = fixture.version();
    fixture.companies().put(1, "Blue Pools", ACTOR);

    fixture.database().ledgerTransactions().read(c -> reader.readChangedSince(c, -1));
    fixture.database().ledgerTransactions().read(c -> reader.readChangedSince(c, version));
    assertThat(received).hasSize(1);
    assertThat(received.getFirst())
        .extracting(StoredEventType::name)
        .containsExactlyInAnyOrder("pool.opened", "pool.closed");

    put("pool.closed", "e");
    fixture.database().ledgerTransactions().read(c -> reader.readChangedSince(c, version));
    assertThat(received).hasSize(2);
    assertThat(received.getLast()).contains(store.get("pool.closed"));
  }
}
