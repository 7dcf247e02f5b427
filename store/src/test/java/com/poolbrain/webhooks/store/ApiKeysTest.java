package com.poolbrain.webhooks.store;

import static com.poolbrain.webhooks.store.Configured.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class ApiKeysTest {

  private static final String FIRST = "a-first-operator-key";

  private final Configured store;
  private final ApiKeys keys;

  ApiKeysTest(TestServer server) {
    store = Configured.on(server);
    keys = store.keys();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aKeyIsFoundByItsTextWhichIsNowhereStored() {
    store.companies().put(40, "Blue Pools", ACTOR);
    ApiKeys.Created created =
        Objects.requireNonNull(keys.create("sync", List.of("read", "publish"), 40L, ACTOR));

    assertThat(created.text()).matches("pbk_[A-Za-z0-9_-]{43}");
    assertThat(keys.find(created.text())).isEqualTo(created.key());
    assertThat(created.key().scopes()).containsExactly("publish", "read");
    assertThat(created.key().companyId()).isEqualTo(40);
    assertThat(store.texts("select k::text from api_key k")).noneMatch(r -> r.contains("pbk_"));
    assertThat(store.texts("select detail::text from audit")).noneMatch(d -> d.contains("pbk_"));
  }

  @Test
  void aKeyForNoCompanyIsRefused() {
    assertThat(keys.create("sync", List.of("read"), 40L, ACTOR)).isNull();
  }

  @Test
  void whatIsNoKeyIsNotFound() {
    for (String text :
        List.of("", "pbk_", "pbk_" + "x".repeat(43), "x".repeat(300), "é".repeat(30))) {
      assertThat(keys.find(text)).as(text).isNull();
    }
  }

  @Test
  void aRevokedKeyIsGone() {
    ApiKeys.Created created =
        Objects.requireNonNull(keys.create("sync", List.of("read"), null, ACTOR));

    assertThat(keys.revoke(created.key().id(), ACTOR)).isTrue();

    assertThat(keys.find(created.text())).isNull();
    assertThat(keys.revoke(created.key().id(), ACTOR)).isFalse();
    assertThat(keys.list(null, 10).items()).isEmpty();
    assertThat(store.texts("select action from audit order by id"))
        .containsExactly("key.created", "key.revoked");
  }

  @Test
  void keysAreListedInPages() {
    for (int i = 0; i < 3; i++) {
      keys.create("k" + i, List.of("read"), null, ACTOR);
    }

    Page<ApiKey> first = keys.list(null, 2);
    Page<ApiKey> second = keys.list(first.items().getLast().id(), 2);

    assertThat(first.items()).extracting(ApiKey::name).containsExactly("k0", "k1");
    assertThat(second.items()).extracting(ApiKey::name).containsExactly("k2");
    assertThat(second.more()).isFalse();
  }

  @Test
  void theFirstOperatorKeyComesFromTheSettingsOnceAndStaysRevoked() {
    keys.ensureOperator(FIRST, "admin");
    keys.ensureOperator(FIRST, "admin");

    ApiKey admin = Objects.requireNonNull(keys.find(FIRST));
    assertThat(admin.scopes()).containsExactly("operator");
    assertThat(keys.list(null, 10).items()).hasSize(1);

    keys.revoke(admin.id(), ACTOR);
    keys.ensureOperator(FIRST, "admin");
    assertThat(keys.find(FIRST)).isNull();
    assertThatThrownBy(() -> keys.ensureOperator("too short", "admin"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEBHOOKS_ADMIN_KEY");
  }
}
