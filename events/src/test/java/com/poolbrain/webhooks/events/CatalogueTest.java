package com.poolbrain.webhooks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.events.EventTypeDefinition.About;
import com.poolbrain.webhooks.events.EventTypeDefinition.Use;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

  private static final Catalogue CATALOGUE = Catalogue.released();
  private static final DataSchema POOL =
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
  void findsByAnyNameInAnyCase(String asked, String spelling, String canonical) {
    NamedEventType found = CATALOGUE.find(asked).orElseThrow();

    assertThat(found.name()).isEqualTo(spelling);
    assertThat(found.type().name()).isEqualTo(canonical);
    assertThat(found.isAlias()).isEqualTo(!spelling.equals(canonical));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "customer", "customer.created ", "customer.created.v2", "*"})
  void findsNothingElse(String asked) {
    assertThat(CATALOGUE.find(asked)).isEmpty();
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
  void suggestsWhatWasMeant(String asked, String meant) {
    assertThat(CATALOGUE.suggestions(asked)).hasSizeBetween(1, 3).first().isEqualTo(meant);
    assertThat(CATALOGUE.unknownSentence(asked)).contains("did you mean \"" + meant + "\"");
  }

  @Test
  void suggestsNothingForWhatIsFarAway() {
    assertThat(CATALOGUE.suggestions("invoice.paid")).isEmpty();
    assertThat(CATALOGUE.unknownSentence("invoice.paid"))
        .contains("customer.created", "technician.route.changed")
        .doesNotContain("webhook.ping");
    assertThat(CATALOGUE.suggestions("webhook.pin"))
        .describedAs("a ping can't be subscribed")
        .isEmpty();
    assertThat(CATALOGUE.unknownSentence("x".repeat(10_000))).hasSizeLessThan(300);
  }

  @Test
  void onlyThePingCanNotBeSubscribed() {
    assertThat(CATALOGUE.types())
        .filteredOn(type -> !type.maySubscribe())
        .extracting(EventTypeDefinition::name)
        .containsExactly("webhook.ping");
  }

  @Test
  void growsIntoAnotherCatalogue() {
    Catalogue more = CATALOGUE.with(pool(EventNames.of("pool.opened")));

    assertThat(more.find("Pool.Opened")).isPresent();
    assertThat(CATALOGUE.find("pool.opened")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer.created", "job.deleted", "customer.status.changed"})
  void aNameThatIsTakenStaysTaken(String name) {
    assertThatThrownBy(() -> CATALOGUE.with(pool(EventNames.of(name))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already");
    assertThatThrownBy(() -> CATALOGUE.with(pool(new EventNames("pool.opened", List.of(name)))))
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
  void aNewNameIsLowerCaseWordsWithDots(String name) {
    assertThatThrownBy(() -> EventNames.of(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsBounded() {
    assertThat(EventNames.of("pool." + "x".repeat(95)).canonical()).hasSize(100);
    assertThatThrownBy(() -> EventNames.of("pool." + "x".repeat(96)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void samplesHaveToFitTheirType() {
    assertThatThrownBy(() -> pool(true, new Samples("{\"poolId\":1}", null)))
        .hasMessageContaining("grouped sample");
    assertThatThrownBy(
            () -> pool(false, new Samples("{\"poolId\":1}", "[{\"poolId\":1},{\"poolId\":2}]")))
        .hasMessageContaining("grouped sample");
    assertThatThrownBy(() -> pool(true, new Samples("{\"poolId\":1}", "[{\"poolId\":1}]")))
        .hasMessageContaining("two items");
    assertThatThrownBy(
            () -> pool(true, new Samples("{\"poolId\":1}", "[{\"poolId\":1},{\"poolId\":\"2\"}]")))
        .hasMessageContaining("/1/poolId");
    assertThatThrownBy(() -> pool(false, new Samples("{\"pool\":1}", null)))
        .hasMessageContaining("/pool");
    assertThat(pool(true, new Samples("{}", "[{}, { }]")).samples().grouped()).isEqualTo("[{},{}]");
  }

  private static EventTypeDefinition pool(boolean mayBeGrouped, Samples samples) {
    return new EventTypeDefinition(
        EventNames.of("pool.opened"),
        new About("Pool", "A pool was opened."),
        new Use(mayBeGrouped, true),
        POOL,
        samples);
  }

  private static EventTypeDefinition pool(EventNames names) {
    return new EventTypeDefinition(
        names,
        new About("Pool", "A pool was opened."),
        new Use(false, true),
        POOL,
        new Samples("{\"poolId\":7}", null));
  }
}
