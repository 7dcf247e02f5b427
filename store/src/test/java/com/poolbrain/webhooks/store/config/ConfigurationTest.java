package com.poolbrain.webhooks.store.config;

import static com.poolbrain.webhooks.store.config.ConfigFixture.ACTOR;
import static com.poolbrain.webhooks.store.config.ConfigFixture.SECRET;
import static com.poolbrain.webhooks.store.config.ConfigFixture.newEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.DeliveryOptions;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.domain.audit.Actor;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.LimitReached;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.UnknownCompany;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class ConfigurationTest {

  private final ConfigFixture configFixture;

  ConfigurationTest(TestServer server) {
    configFixture = ConfigFixture.create(server);
  }

  @AfterEach
  void close() {
    configFixture.close();
  }

  @Test
  void a_new_company_has_webhooks_off_and_a_rename_keeps_the_toggle() {
    assertThat(configFixture.companies().put(40, "Blue Pools", ACTOR))
        .isEqualTo(new Companies.PutResult(new Company(40, "Blue Pools", false), true));
    configFixture.companies().setWebhooksEnabled(40, true, ACTOR);

    assertThat(configFixture.companies().put(40, "Bluer Pools", ACTOR))
        .isEqualTo(new Companies.PutResult(new Company(40, "Bluer Pools", true), false));
    assertThat(configFixture.companies().get(40)).isEqualTo(new Company(40, "Bluer Pools", true));
    assertThat(configFixture.companies().get(41)).isNull();
    assertThat(configFixture.companies().setWebhooksEnabled(41, true, ACTOR)).isNull();
  }

  @Test
  void list_of_companies_is_paged_by_id() {
    for (long id : List.of(3L, 1L, Company.MAX_ID, 2L)) {
      configFixture.companies().put(id, "c" + id, ACTOR);
    }

    Page<Company> first = configFixture.companies().list(0, 3);
    Page<Company> second = configFixture.companies().list(3, 3);

    assertThat(first.items()).extracting(Company::id).containsExactly(1L, 2L, 3L);
    assertThat(first.hasMore()).isTrue();
    assertThat(second.items()).extracting(Company::id).containsExactly(Company.MAX_ID);
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void a_created_endpoint_is_read_unchanged_and_its_secret_is_stored_encrypted() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    DeliveryOptions deliveryOptions =
        new DeliveryOptions(Duration.ofMillis(2500), 3, 1.5, true, true);
    NewEndpoint newEndpoint =
        new NewEndpoint(
            40,
            URI.create("https://a.example/x?y=%20"),
            List.of("job.Deleted"),
            "d",
            SECRET,
            deliveryOptions,
            List.of("ops@blue.example"));

    Endpoint created =
        ((Endpoints.CreateResult.Created) configFixture.endpoints().create(newEndpoint, ACTOR))
            .endpoint();

    assertThat(configFixture.endpoints().get(40, created.id())).isEqualTo(created);
    assertThat(created.deliveryOptions()).isEqualTo(deliveryOptions);
    assertThat(created.alertEmails()).containsExactly("ops@blue.example");
    assertThat(created.version()).isEqualTo(configFixture.version());
    assertThat(created.signingSecrets()).isEqualTo(SigningSecrets.of(SECRET));
    assertThat(
            configFixture.queryStrings("select encode(ciphertext, 'escape') from endpoint_secret"))
        .singleElement()
        .asString()
        .doesNotContain("whsec");
  }

  @Test
  void an_endpoint_is_invisible_to_other_companies() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    configFixture.companies().put(41, "Green Pools", ACTOR);
    UUID id = configFixture.createEndpoint(40, "customer.created").id();

    assertThat(configFixture.endpoints().get(41, id)).isNull();
    assertThat(configFixture.endpoints().revealSecrets(41, id, ACTOR)).isNull();
    assertThat(configFixture.endpoints().update(41, id, e -> e, ACTOR)).isNull();
    assertThat(configFixture.endpoints().delete(41, id, ACTOR)).isFalse();
    assertThat(configFixture.endpoints().list(41, null, 10).items()).isEmpty();
    assertThat(configFixture.endpoints().get(40, id)).isNotNull();
  }

  @Test
  void create_of_the_51st_endpoint_is_refused_until_one_is_deleted() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    for (int i = 0; i < 50; i++) {
      configFixture.createEndpoint(40, "customer.created");
    }
    long version = configFixture.version();

    assertThat(configFixture.endpoints().create(newEndpoint(40, "customer.created"), ACTOR))
        .isInstanceOf(LimitReached.class);
    assertThat(configFixture.version()).as("version after a refusal").isEqualTo(version);

    List<Endpoint> firstPage = configFixture.endpoints().list(40, null, 49).items();
    Page<Endpoint> secondPage = configFixture.endpoints().list(40, firstPage.getLast().id(), 49);
    assertThat(firstPage).hasSize(49).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    assertThat(secondPage.items()).hasSize(1);
    assertThat(secondPage.hasMore()).isFalse();

    assertThat(configFixture.endpoints().delete(40, firstPage.getFirst().id(), ACTOR)).isTrue();
    assertThat(configFixture.endpoints().delete(40, firstPage.getFirst().id(), ACTOR)).isFalse();
    assertThat(configFixture.createEndpoint(40, "customer.created")).isNotNull();
  }

  @Test
  void create_of_an_endpoint_for_an_unknown_company_is_refused() {
    assertThat(configFixture.endpoints().create(newEndpoint(40, "customer.created"), ACTOR))
        .isInstanceOf(UnknownCompany.class);
  }

  @Test
  void an_update_is_stored_and_a_failing_update_changes_nothing() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    Endpoint endpoint = configFixture.createEndpoint(40, "customer.created");
    Instant expiry = Instant.parse("2026-03-01T00:00:00.123456Z");
    SigningSecrets rolled = new SigningSecrets("a".repeat(20), null, SECRET, expiry);

    Endpoint edited =
        configFixture
            .endpoints()
            .update(40, endpoint.id(), e -> e.withPaused(true).withSecrets(rolled), ACTOR);
    long version = configFixture.version();

    assertThat(edited)
        .isEqualTo(endpoint.withPaused(true).withSecrets(rolled).withVersion(version));
    assertThat(configFixture.endpoints().get(40, endpoint.id())).isEqualTo(edited);
    configFixture.endpoints().update(40, endpoint.id(), e -> e, ACTOR);
    assertThatThrownBy(() ->
            configFixture
                .endpoints()
                .update(
                    40,
                    endpoint.id(),
                    _ -> {
                      throw new UnsupportedOperationException("no");
                    },
                    ACTOR))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(configFixture.version()).isEqualTo(version);
  }

  @Test
  void history_tells_which_fields_of_an_endpoint_changed_since_a_version() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    configFixture.companies().put(41, "Green Pools", ACTOR);
    Endpoint created = configFixture.createEndpoint(40, "customer.created");
    UUID id = created.id();
    Endpoints endpoints = configFixture.endpoints();
    EndpointHistory history = configFixture.endpointHistory();

    endpoints.update(40, id, e -> e.withPaused(true), ACTOR);
    long paused = configFixture.version();
    configFixture.createEndpoint(40, "customer.created");
    endpoints.update(40, id, e -> e.withSecrets(SigningSecrets.of("b".repeat(20))), ACTOR);
    List<String> emails = List.of("ops@blue.example");
    endpoints.update(40, id, e -> e.withPaused(false).withAlertEmails(emails), ACTOR);
    long latest = configFixture.version();

    assertThat(history.changedSince(40, id, created.version()))
        .containsExactlyInAnyOrder("paused", "secret", "alert_emails");
    assertThat(history.changedSince(40, id, paused)).contains("secret", "paused");
    assertThat(history.changedSince(40, id, latest)).isEmpty();
    assertThat(history.changedSince(40, id, latest + 1)).isNull();
    assertThat(history.changedSince(40, id, created.version() - 1)).isNull();
    assertThat(history.changedSince(41, id, created.version())).isNull();
  }

  @Test
  void every_change_appends_history_and_audit_with_version_and_actor() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    configFixture.companies().setWebhooksEnabled(40, true, ACTOR);
    Endpoint endpoint = configFixture.createEndpoint(40, "customer.created");
    configFixture
        .endpoints()
        .update(40, endpoint.id(), e -> e.withPaused(true), new Actor("key:other", null));
    configFixture.endpoints().revealSecrets(40, endpoint.id(), ACTOR);
    configFixture.endpoints().delete(40, endpoint.id(), ACTOR);

    assertThat(
            configFixture.queryStrings(
                "select concat_ws(' ', version, actor, webhooks_enabled) from company_history order by version"))
        .containsExactly("1 key:ops f", "2 key:ops t");
    assertThat(
            configFixture.queryStrings(
                """
                select concat_ws(' ', version, actor, paused, deleted_at is not null)
                from endpoint_history order by version
                """))
        .containsExactly("3 key:ops f f", "4 key:other t f", "5 key:ops t t");
    assertThat(configFixture.queryStrings("select action from audit order by id"))
        .containsExactly(
            "company.created",
            "webhooks.enabled",
            "endpoint.created",
            "endpoint.updated",
            "secret.revealed",
            "endpoint.deleted");
    assertThat(
            configFixture.queryStrings(
                """
                select concat_ws(' ', before, after, actor, from_address)
                from audit where action = 'endpoint.updated'
                """))
        .containsExactly("{\"paused\": false} {\"paused\": true} key:other");
    assertThat(configFixture.queryStrings("select concat(before, after) from audit"))
        .noneMatch(d -> d.contains("whsec"));
  }

  @Test
  void read_changed_since_returns_whole_companies_with_deleted_endpoints() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    configFixture.companies().put(41, "Green Pools", ACTOR);
    Endpoint kept = configFixture.createEndpoint(40, "customer.created");
    Endpoint deleted = configFixture.createEndpoint(40, "job.created");
    long version = configFixture.version();

    assertThat(configFixture.changedSince(-1))
        .extracting(s -> s.company().id())
        .containsExactly(40L, 41L);
    assertThat(configFixture.changedSince(version)).isEmpty();

    configFixture.endpoints().delete(40, deleted.id(), ACTOR);
    List<CompanyConfig> changed = configFixture.changedSince(version);
    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().company()).isEqualTo(new Company(40, "Blue Pools", false));
    assertThat(changed.getFirst().endpoints())
        .extracting(Endpoint::deleted)
        .containsExactly(false, true);
    assertThat(changed.getFirst().endpoints().getFirst()).isEqualTo(kept);

    configFixture.companies().setWebhooksEnabled(41, true, ACTOR);
    assertThat(configFixture.changedSince(version + 1))
        .containsExactly(new CompanyConfig(new Company(41, "Green Pools", true), List.of()));
  }

  @Test
  void an_endpoint_with_unreadable_secrets_does_not_hide_the_others() {
    configFixture.companies().put(40, "Blue Pools", ACTOR);
    Endpoint broken = configFixture.createEndpoint(40, "customer.created");
    Endpoint readable = configFixture.createEndpoint(40, "customer.created");
    configFixture
        .configTransactions()
        .read(handle ->
            handle.execute(
                "update endpoint_secret set ciphertext = '\\x00' where endpoint_id = ?",
                broken.id()));

    assertThat(configFixture.changedSince(-1).getFirst().endpoints())
        .containsExactly(broken.withSecrets(SigningSecrets.UNREADABLE), readable);
    assertThat(configFixture.configReader().unreadableEndpoints()).isOne();
  }
}
