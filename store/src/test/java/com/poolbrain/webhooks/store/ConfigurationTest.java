package com.poolbrain.webhooks.store;

import static com.poolbrain.webhooks.store.Configured.ACTOR;
import static com.poolbrain.webhooks.store.Configured.SECRET;
import static com.poolbrain.webhooks.store.Configured.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Endpoint.Tuning;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.store.Endpoints.Creation.Full;
import com.poolbrain.webhooks.store.Endpoints.Creation.NoCompany;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
class ConfigurationTest {

  private final Configured store;

  ConfigurationTest(TestServer server) {
    store = Configured.on(server);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aCompanyIsCreatedSwitchedOffAndRenamedWithoutBeingSwitched() {
    assertThat(store.companies().put(40, "Blue Pools", ACTOR))
        .isEqualTo(new Companies.Put(new Company(40, "Blue Pools", false), true));
    store.companies().toggle(40, true, ACTOR);

    assertThat(store.companies().put(40, "Bluer Pools", ACTOR))
        .isEqualTo(new Companies.Put(new Company(40, "Bluer Pools", true), false));
    assertThat(store.companies().get(40)).isEqualTo(new Company(40, "Bluer Pools", true));
    assertThat(store.companies().get(41)).isNull();
    assertThat(store.companies().toggle(41, true, ACTOR)).isNull();
  }

  @Test
  void companiesAreListedByIdInPages() {
    for (long id : List.of(3L, 1L, Company.MAX_ID, 2L)) {
      store.companies().put(id, "c" + id, ACTOR);
    }

    Page<Company> first = store.companies().list(0, 3);
    Page<Company> second = store.companies().list(3, 3);

    assertThat(first.items()).extracting(Company::id).containsExactly(1L, 2L, 3L);
    assertThat(first.more()).isTrue();
    assertThat(second.items()).extracting(Company::id).containsExactly(Company.MAX_ID);
    assertThat(second.more()).isFalse();
  }

  @Test
  void anEndpointComesBackAsItWasCreatedWithItsSecretReadable() {
    store.companies().put(40, "Blue Pools", ACTOR);
    Tuning tuning = new Tuning(Duration.ofMillis(2500), 3, 1.5, true);
    NewEndpoint wanted =
        new NewEndpoint(
            40,
            URI.create("https://a.example/x?y=%20"),
            List.of("job.Deleted"),
            "d",
            SECRET,
            tuning);

    Endpoint created =
        ((Endpoints.Creation.Created) store.endpoints().create(wanted, ACTOR)).endpoint();

    assertThat(store.endpoints().get(40, created.id())).isEqualTo(created);
    assertThat(created.tuning()).isEqualTo(tuning);
    assertThat(created.secrets()).isEqualTo(Secrets.of(SECRET));
    assertThat(store.texts("select encode(ciphertext, 'escape') from endpoint_secret"))
        .singleElement()
        .asString()
        .doesNotContain("whsec");
  }

  @Test
  void anotherCompanysEndpointIsNotThere() {
    store.companies().put(40, "Blue Pools", ACTOR);
    store.companies().put(41, "Green Pools", ACTOR);
    UUID id = store.endpoint(40, "customer.created").id();

    assertThat(store.endpoints().get(41, id)).isNull();
    assertThat(store.endpoints().reveal(41, id, ACTOR)).isNull();
    assertThat(store.endpoints().edit(41, id, e -> e, ACTOR)).isNull();
    assertThat(store.endpoints().delete(41, id, ACTOR)).isFalse();
    assertThat(store.endpoints().list(41, null, 10).items()).isEmpty();
    assertThat(store.endpoints().get(40, id)).isNotNull();
  }

  @Test
  void theFiftyFirstEndpointIsRefusedUntilOneIsDeleted() {
    store.companies().put(40, "Blue Pools", ACTOR);
    for (int i = 0; i < 50; i++) {
      store.endpoint(40, "customer.created");
    }
    long version = store.version();

    assertThat(store.endpoints().create(wanted(40, "customer.created"), ACTOR))
        .isInstanceOf(Full.class);
    assertThat(store.version()).as("a refusal changes nothing").isEqualTo(version);

    List<Endpoint> page = store.endpoints().list(40, null, 49).items();
    Page<Endpoint> rest = store.endpoints().list(40, page.getLast().id(), 49);
    assertThat(page).hasSize(49).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    assertThat(rest.items()).hasSize(1);
    assertThat(rest.more()).isFalse();

    assertThat(store.endpoints().delete(40, page.getFirst().id(), ACTOR)).isTrue();
    assertThat(store.endpoints().delete(40, page.getFirst().id(), ACTOR)).isFalse();
    assertThat(store.endpoint(40, "customer.created")).isNotNull();
  }

  @Test
  void anEndpointOfNoCompanyIsRefused() {
    assertThat(store.endpoints().create(wanted(40, "customer.created"), ACTOR))
        .isInstanceOf(NoCompany.class);
  }

  @Test
  void anEditChangesWhatItSaysAndItsExceptionsChangeNothing() {
    store.companies().put(40, "Blue Pools", ACTOR);
    Endpoint endpoint = store.endpoint(40, "customer.created");
    Instant expiry = Instant.parse("2026-03-01T00:00:00.123456Z");
    Secrets rolled = new Secrets("a".repeat(20), null, SECRET, expiry);

    Endpoint edited =
        store.endpoints().edit(40, endpoint.id(), e -> paused(e, true, rolled), ACTOR);
    long version = store.version();

    assertThat(edited).isEqualTo(paused(endpoint, true, rolled));
    assertThat(store.endpoints().get(40, endpoint.id())).isEqualTo(edited);
    store.endpoints().edit(40, endpoint.id(), e -> e, ACTOR);
    assertThatThrownBy(() ->
            store
                .endpoints()
                .edit(
                    40,
                    endpoint.id(),
                    _ -> {
                      throw new UnsupportedOperationException("no");
                    },
                    ACTOR))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(store.version()).isEqualTo(version);
  }

  @Test
  void everyChangeIsKeptWithItsVersionAndItsActor() {
    store.companies().put(40, "Blue Pools", ACTOR);
    store.companies().toggle(40, true, ACTOR);
    Endpoint endpoint = store.endpoint(40, "customer.created");
    store.endpoints().edit(40, endpoint.id(), e -> paused(e, true, e.secrets()), "key other");
    store.endpoints().reveal(40, endpoint.id(), ACTOR);
    store.endpoints().delete(40, endpoint.id(), ACTOR);

    assertThat(
            store.texts(
                "select concat_ws(' ', version, actor, webhooks_enabled) from company_history order by version"))
        .containsExactly("1 key ops f", "2 key ops t");
    assertThat(
            store.texts(
                """
                select concat_ws(' ', version, actor, paused, deleted_at is not null)
                from endpoint_history order by version
                """))
        .containsExactly("3 key ops f f", "4 key other t f", "5 key ops t t");
    assertThat(store.texts("select action from audit order by id"))
        .containsExactly(
            "company.created",
            "company.webhooks_on",
            "endpoint.created",
            "endpoint.changed",
            "endpoint.secret_revealed",
            "endpoint.deleted");
    assertThat(store.texts("select detail->>'paused' from audit where action = 'endpoint.changed'"))
        .containsExactly("false → true");
    assertThat(store.texts("select detail::text from audit")).noneMatch(d -> d.contains("whsec"));
  }

  @Test
  void nodesLearnWholeCompaniesThatChangedSinceTheyAsked() {
    store.companies().put(40, "Blue Pools", ACTOR);
    store.companies().put(41, "Green Pools", ACTOR);
    Endpoint kept = store.endpoint(40, "customer.created");
    Endpoint deleted = store.endpoint(40, "job.created");
    long version = store.version();

    assertThat(store.changedSince(-1)).extracting(s -> s.company().id()).containsExactly(40L, 41L);
    assertThat(store.changedSince(version)).isEmpty();

    store.endpoints().delete(40, deleted.id(), ACTOR);
    List<Subscriptions> changed = store.changedSince(version);
    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().company()).isEqualTo(new Company(40, "Blue Pools", false));
    assertThat(changed.getFirst().endpoints())
        .extracting(Endpoint::deleted)
        .containsExactly(false, true);
    assertThat(changed.getFirst().endpoints().getFirst()).isEqualTo(kept);

    store.companies().toggle(41, true, ACTOR);
    assertThat(store.changedSince(version + 1))
        .containsExactly(new Subscriptions(new Company(41, "Green Pools", true), List.of()));
  }

  @Test
  void oneEndpointWhoseSecretsCanNotBeOpenedDoesNotHideTheOthers() {
    store.companies().put(40, "Blue Pools", ACTOR);
    Endpoint broken = store.endpoint(40, "customer.created");
    Endpoint sound = store.endpoint(40, "customer.created");
    store
        .changes()
        .read(handle ->
            handle.execute(
                "update endpoint_secret set ciphertext = '\\x00' where endpoint_id = ?",
                broken.id()));

    assertThat(store.changedSince(-1).getFirst().endpoints())
        .containsExactly(broken.with(Secrets.UNREADABLE), sound);
    assertThat(store.reader().unreadable()).isOne();
  }

  @Test
  void aMissingMasterKeyIsNoticedBeforeAnythingStarts() {
    store.companies().put(40, "Blue Pools", ACTOR);
    store.endpoint(40, "customer.created");
    SecretBox other = new SecretBox(Configured.masterKey(8), List.of(), new SecureRandom());

    store.database().api().read(c -> check(store.reader(), c));
    assertThatThrownBy(
            () -> store.database().api().read(c -> check(new SubscriptionsReader(other), c)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(Configured.masterKey(7).id())
        .hasMessageContaining("WEBHOOKS_PREVIOUS_MASTER_KEYS");
  }

  private static boolean check(SubscriptionsReader reader, java.sql.Connection connection) {
    reader.requireMasterKeys(connection);
    return true;
  }

  private static Endpoint paused(Endpoint e, boolean paused, Secrets secrets) {
    return new Endpoint(
        e.id(),
        e.companyId(),
        e.url(),
        e.names(),
        e.description(),
        paused,
        e.deleted(),
        e.createdAt(),
        secrets,
        e.tuning());
  }
}
