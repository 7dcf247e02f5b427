package com.poolbrain.webhooks.store.secret;

import static com.poolbrain.webhooks.store.config.ConfigFixture.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.StartupException;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.config.ConfigFixture;
import com.poolbrain.webhooks.store.secret.ApiKeys.RevokeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class ApiKeysTest {

  private static final String FIRST_OPERATOR_KEY = "a-first-operator-key";

  private final ConfigFixture configFixture;
  private final ApiKeys keys;

  ApiKeysTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
    keys = configFixture.apiKeys();
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  @Test
  void a_key_is_found_by_its_plaintext_and_only_its_hash_is_stored() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    ApiKeys.CreatedKey createdKey =
        Objects.requireNonNull(keys.create("sync", List.of("read", "publish"), 40L, null, ACTOR));

    assertThat(createdKey.plaintext()).matches("pbk_[A-Za-z0-9_-]{48}");
    assertThat(Objects.requireNonNull(keys.find(createdKey.plaintext())).id())
        .isEqualTo(createdKey.key().id());
    assertThat(createdKey.key().scopes()).containsExactly("publish", "read");
    assertThat(createdKey.key().companyId()).isEqualTo(40);
    assertThat(configFixture.queryStrings("select k::text from api_key k"))
        .noneMatch(r -> r.contains("pbk_"));
    assertThat(configFixture.queryStrings("select after::text from audit"))
        .noneMatch(d -> d.contains("pbk_"));
  }

  @Test
  void create_of_a_key_for_an_unknown_company_is_refused() {
    assertThat(keys.create("sync", List.of("read"), 40L, null, ACTOR)).isNull();
  }

  @Test
  void malformed_and_unknown_keys_are_not_found() {
    for (String text :
        List.of("", "pbk_", "pbk_" + "x".repeat(43), "x".repeat(300), "é".repeat(30))) {
      assertThat(keys.find(text)).as(text).isNull();
    }
  }

  @Test
  void only_generated_keys_and_keys_that_operators_chose_may_exist() {
    String generated = createOperatorKey().plaintext();
    keys.ensureOperatorKey(FIRST_OPERATOR_KEY, "admin");
    keys.ensureOperatorKey("an-earlier-operator-key", "admin");
    keys.ensureOperatorKey("a-revoked-operator-key", "admin");
    keys.revoke(Objects.requireNonNull(keys.find("a-revoked-operator-key")).id(), ACTOR);
    keys.loadChosenKeys();

    assertThat(keys.mayExist(generated)).isTrue();
    assertThat(keys.mayExist(FIRST_OPERATOR_KEY)).isTrue();
    assertThat(keys.mayExist("an-earlier-operator-key")).isTrue();
    assertThat(keys.mayExist("a-revoked-operator-key")).isFalse();
    assertThat(keys.mayExist("a-made-up-operator-key")).isFalse();
    for (int i = 4; i < generated.length(); i++) {
      char other = generated.charAt(i) == 'A' ? 'B' : 'A';
      String changed = generated.substring(0, i) + other + generated.substring(i + 1);
      assertThat(keys.mayExist(changed)).as(changed).isFalse();
    }
    for (String text : List.of("", "pbk_", generated + "A", "xyz_" + generated.substring(4))) {
      assertThat(keys.mayExist(text)).as(text).isFalse();
    }
  }

  @Test
  void a_revoked_key_is_neither_found_nor_listed() {
    ApiKeys.CreatedKey createdKey =
        Objects.requireNonNull(keys.create("sync", List.of("read"), null, null, ACTOR));

    assertThat(keys.revoke(createdKey.key().id(), ACTOR)).isEqualTo(RevokeResult.REVOKED);

    assertThat(keys.find(createdKey.plaintext())).isNull();
    assertThat(keys.revoke(createdKey.key().id(), ACTOR)).isEqualTo(RevokeResult.NOT_FOUND);
    assertThat(keys.list(null, 10).items()).isEmpty();
    assertThat(configFixture.queryStrings("select action from audit order by id"))
        .containsExactly("key.created", "key.revoked");
  }

  @Test
  void the_last_operator_key_stays_valid() {
    ApiKeys.CreatedKey first = createOperatorKey();
    ApiKeys.CreatedKey second = createOperatorKey();
    keys.create("no operator", List.of("manage"), null, null, ACTOR);

    assertThat(keys.revoke(first.key().id(), ACTOR)).isEqualTo(RevokeResult.REVOKED);
    assertThat(keys.revoke(second.key().id(), ACTOR)).isEqualTo(RevokeResult.LAST_OPERATOR_KEY);
    assertThat(keys.revoke(first.key().id(), ACTOR)).isEqualTo(RevokeResult.NOT_FOUND);

    assertThat(keys.find(second.plaintext())).isEqualTo(second.key());
    assertThat(configFixture.queryStrings("select action from audit order by id"))
        .containsExactly("key.created", "key.created", "key.created", "key.revoked");
  }

  @Test
  void of_two_operator_keys_that_revoke_each_other_one_stays_valid() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<UUID> ids = List.of(createOperatorKey().key().id(), createOperatorKey().key().id());
      keepOnly(ids);
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<RevokeResult>> calls =
            ids.stream().map(id -> (Callable<RevokeResult>) () -> keys.revoke(id, ACTOR)).toList();
        assertThat(callers.invokeAll(calls).stream().map(Future::resultNow))
            .containsExactlyInAnyOrder(RevokeResult.REVOKED, RevokeResult.LAST_OPERATOR_KEY);
      }
    }
  }

  private void keepOnly(List<UUID> ids) {
    for (ApiKey key : keys.list(null, 100).items()) {
      if (!ids.contains(key.id())) {
        keys.revoke(key.id(), ACTOR);
      }
    }
  }

  private ApiKeys.CreatedKey createOperatorKey() {
    return Objects.requireNonNull(keys.create("ops", List.of("operator"), null, null, ACTOR));
  }

  @Test
  void list_of_keys_is_paged_by_id() {
    for (int i = 0; i < 3; i++) {
      keys.create("k" + i, List.of("read"), null, null, ACTOR);
    }

    Page<ApiKey> first = keys.list(null, 2);
    Page<ApiKey> second = keys.list(first.items().getLast().id(), 2);

    assertThat(first.items()).extracting(ApiKey::name).containsExactly("k0", "k1");
    assertThat(second.items()).extracting(ApiKey::name).containsExactly("k2");
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void the_operator_key_of_the_settings_is_created_once_and_stays_revoked() {
    keys.ensureOperatorKey(FIRST_OPERATOR_KEY, "admin");
    keys.ensureOperatorKey(FIRST_OPERATOR_KEY, "admin");

    ApiKey admin = Objects.requireNonNull(keys.find(FIRST_OPERATOR_KEY));
    assertThat(admin.scopes()).containsExactly("operator");
    assertThat(keys.list(null, 10).items()).hasSize(1);

    createOperatorKey();
    keys.revoke(admin.id(), ACTOR);
    keys.ensureOperatorKey(FIRST_OPERATOR_KEY, "admin");
    assertThat(keys.find(FIRST_OPERATOR_KEY)).isNull();
    assertThatThrownBy(() -> keys.ensureOperatorKey("too short", "admin"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEBHOOKS_ADMIN_KEY");
  }

  @Test
  void an_expired_key_is_not_found_and_is_not_the_last_operator_key() {
    Instant soon = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MICROS);
    ApiKeys.CreatedKey expiring =
        Objects.requireNonNull(keys.create("ops", List.of("operator"), null, soon, ACTOR));
    ApiKeys.CreatedKey lasting = createOperatorKey();

    assertThat(expiring.key().expiresAt()).isEqualTo(soon);
    assertThat(keys.find(expiring.plaintext())).isNotNull();
    assertThat(keys.revoke(lasting.key().id(), ACTOR)).isEqualTo(RevokeResult.LAST_OPERATOR_KEY);
    execute("update api_key set expires_at = now()");
    assertThat(keys.find(expiring.plaintext())).isNull();
  }

  @Test
  void the_minute_of_the_latest_use_is_listed() {
    ApiKeys.CreatedKey created = createOperatorKey();
    assertThat(keys.list(null, 10).items().getFirst().lastUsedAt()).isNull();

    keys.find(created.plaintext());
    Instant first = Objects.requireNonNull(keys.list(null, 10).items().getFirst().lastUsedAt());
    assertThat(first).isEqualTo(first.truncatedTo(ChronoUnit.MINUTES));

    execute("update api_key set last_used_at = last_used_at - interval '1 hour'");
    keys.find(created.plaintext());
    assertThat(keys.list(null, 10).items().getFirst().lastUsedAt()).isAfterOrEqualTo(first);
  }

  private void execute(String sql) {
    TestSql.execute(configFixture.testDatabase().settings(), sql);
  }
}
