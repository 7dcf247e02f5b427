package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.events.EventTypeDefinition.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCatalogueTest {

  private static final EventCatalogue CATALOGUE = EventCatalogue.builtIn();
  private static final DataSchema POOL_SCHEMA =
      DataSchema.parse(
          """
          {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
           "properties": {"poolId": {"type": "integer"}}, "additionalProperties": false}
          """,
          List.of("poolId"));

  @ParameterizedTest
  @CsvSource({
    "customer.created, customer.created, customer.created",
    "CUSTOMER.Created, customer.created, customer.created",
    "customer.status.changed, customer.status.changed, customer.status.updated",
    "job.created, job.created, job.one_time.created",
    "job.Deleted, job.Deleted, job.one_time.deleted",
    "job.deleted, job.Deleted, job.one_time.deleted",
    "JOB.DELETED, job.Deleted, job.one_time.deleted",
    "webhook.ping, webhook.ping, webhook.ping"
  })
  void find_accepts_any_name_in_any_case(String requested, String spelling, String canonical) {
    ResolvedEventType found = CATALOGUE.find(requested).orElseThrow();

    assertThat(found.name()).isEqualTo(spelling);
    assertThat(found.type().name()).isEqualTo(canonical);
    assertThat(found.isAlias()).isEqualTo(!spelling.equals(canonical));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "customer", "customer.created ", "customer.created.v2", "*"})
  void find_returns_nothing_for_an_unknown_name(String requested) {
    assertThat(CATALOGUE.find(requested)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "customer.craeted, customer.created",
    "customers.created, customer.created",
    "customer.updated, customer.status.updated",
    "job.one_time.create, job.one_time.created",
    "job.onetime.deleted, job.one_time.deleted",
    "technician.changed, technician.route.changed",
    "Job.schedule.changed, job.one_time.schedule.changed",
    "JOB.DELETE, job.Deleted"
  })
  void misspelt_name_suggests_the_nearest_event(String requested, String expected) {
    assertThat(CATALOGUE.suggest(requested)).hasSizeBetween(1, 3).first().isEqualTo(expected);
    assertThat(CATALOGUE.explainUnknown(requested)).contains("did you mean \"" + expected + "\"");
  }

  @Test
  void name_unlike_any_event_gets_no_suggestion() {
    assertThat(CATALOGUE.suggest("invoice.paid")).isEmpty();
    assertThat(CATALOGUE.explainUnknown("invoice.paid"))
        .contains("customer.created", "technician.route.changed")
        .doesNotContain("webhook.ping");
    assertThat(CATALOGUE.suggest("webhook.pin"))
        .describedAs("a ping can't be subscribed")
        .isEmpty();
    assertThat(CATALOGUE.explainUnknown("x".repeat(10_000))).hasSizeLessThan(300);
  }

  @Test
  void only_webhook_ping_cannot_be_subscribed() {
    assertThat(CATALOGUE.types())
        .filteredOn(type -> !type.mayBeSubscribed())
        .extracting(EventTypeDefinition::name)
        .containsExactly("webhook.ping");
  }

  @Test
  void with_returns_a_new_catalogue() {
    EventCatalogue extended = CATALOGUE.with(poolType(EventTypeNames.of("pool.opened")));

    assertThat(extended.find("Pool.Opened")).isPresent();
    assertThat(CATALOGUE.find("pool.opened")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer.created", "job.deleted", "customer.status.changed"})
  void name_or_alias_in_use_is_rejected(String name) {
    assertThatThrownBy(() -> CATALOGUE.with(poolType(EventTypeNames.of(name))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already");
    assertThatThrownBy(
            () -> CATALOGUE.with(poolType(new EventTypeNames("pool.opened", List.of(name)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pool",
        "Pool.opened",
        "pool.",
        ".opened",
        "pool..opened",
        "pool.öpened",
        "1.a",
        "a b.c"
      })
  void invalid_canonical_name_is_rejected(String name) {
    assertThatThrownBy(() -> EventTypeNames.of(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_has_at_most_100_characters() {
    assertThat(EventTypeNames.of("pool." + "x".repeat(95)).canonical()).hasSize(100);
    assertThatThrownBy(() -> EventTypeNames.of("pool." + "x".repeat(96)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sample_that_does_not_match_its_type_is_rejected() {
    assertThatThrownBy(() -> poolType(true, new Samples("{\"poolId\":1}", null)))
        .hasMessageContaining("grouped sample");
    assertThatThrownBy(
            () -> poolType(false, new Samples("{\"poolId\":1}", "[{\"poolId\":1},{\"poolId\":2}]")))
        .hasMessageContaining("grouped sample");
    assertThatThrownBy(() -> poolType(true, new Samples("{\"poolId\":1}", "[{\"poolId\":1}]")))
        .hasMessageContaining("two items");
    assertThatThrownBy(() ->
            poolType(true, new Samples("{\"poolId\":1}", "[{\"poolId\":1},{\"poolId\":\"2\"}]")))
        .hasMessageContaining("/1/poolId");
    assertThatThrownBy(() -> poolType(false, new Samples("{\"pool\":1}", null)))
        .hasMessageContaining("/pool");
    assertThat(poolType(true, new Samples("{}", "[{}, { }]")).samples().grouped())
        .isEqualTo("[{},{}]");
  }

  private static EventTypeDefinition poolType(boolean mayBeGrouped, Samples samples) {
    return new EventTypeDefinition(
        EventTypeNames.of("pool.opened"),
        "Pool",
        "A pool was opened.",
        mayBeGrouped,
        true,
        POOL_SCHEMA,
        samples);
  }

  private static EventTypeDefinition poolType(EventTypeNames names) {
    return new EventTypeDefinition(
        names,
        "Pool",
        "A pool was opened.",
        false,
        true,
        POOL_SCHEMA,
        new Samples("{\"poolId\":7}", null));
  }
}
