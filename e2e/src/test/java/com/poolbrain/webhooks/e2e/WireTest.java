package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Behaviour;
import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.Sql;
import com.poolbrain.webhooks.e2e.house.Traffic;
import com.poolbrain.webhooks.e2e.house.Wire;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The wire between the service and its database is cut where it hurts most.
class WireTest {

  private static final int EVENTS = 1_500;
  private static final int MIDDLE = 200;

  private TestDatabase database;
  private Wire wire;
  private House house;

  @BeforeEach
  void open() {
    database = TestServer.EMBEDDED_18.fresh();
    wire = Wire.to(database.settings());
    house = House.open(Setup.on(wire.settings()).fewInFlight());
  }

  @AfterEach
  void close() {
    house.close();
    wire.close();
    database.close();
  }

  @Test
  void aPublishWhoseCommitNobodyConfirmsMayHaveBeenStoredAndItsRepeatMakesNoSecondEvent()
      throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      wire.loseTheAnswerTo("Chris Bale");

      Answer doubt = publish(endpoint.company());

      assertThat(wire.hasLost()).isTrue();
      assertThat(doubt.expect(503).path("detail").asString())
          .contains("may have been stored", "idempotency key");
      assertThat(Integer.parseInt(doubt.header("Retry-After"))).isPositive();
      assertThat(eventsOf(endpoint.company())).as("it was committed").isEqualTo(1);
      assertThatItsRepeatsAreOneEvent(endpoint, consumer);
    }
  }

  @Test
  void aPublishThatNeverReachedTheDatabaseIsNotStoredAndItsRepeatIs() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      wire.loseTheRequestWith("Chris Bale");

      publish(endpoint.company()).expect(503);

      assertThat(wire.hasLost()).isTrue();
      assertThat(eventsOf(endpoint.company())).isZero();
      assertThatItsRepeatsAreOneEvent(endpoint, consumer);
    }
  }

  @Test
  void aResultWhoseRecordingNobodyConfirmsIsOnRecordOnce() {
    try (Consumer consumer = Consumer.of(new Behaviour.Answers(200, "unheard of"))) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      wire.loseTheAnswerTo("unheard of");

      endpoint.company().customerCreated(1);
      Patience.until("the answer is lost", wire::hasLost, lost -> lost);

      assertThat(endpoint.onlyDelivery("delivered").path("attempts").size()).isEqualTo(1);
      assertThatNothingMoreCame(consumer);
    }
  }

  @ParameterizedTest(name = "in a storm that cuts and delays nothing is lost, seed {0}")
  @ValueSource(longs = 8)
  void inAStormThatCutsAndDelaysNothingIsLost(long seed, TestReporter report) {
    try (Traffic traffic = Traffic.through(house)) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(MIDDLE);
      wire.storm(seed);
      traffic.awaitRefusals(MIDDLE / 10);
      wire.fallSilent();
      traffic.publish(EVENTS);
      traffic.awaitArrivals(2 * MIDDLE);
      wire.mend();

      traffic.assertThatNothingIsLost(EVENTS, report);
      traffic.assertThatAllIsOnRecord(house.api());
    }
  }

  private static Answer publish(Company company) {
    return company
        .api()
        .publish(
            company.event(
                "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}"),
            "Idempotency-Key",
            "only-" + company.id());
  }

  private void assertThatItsRepeatsAreOneEvent(Endpoint endpoint, Consumer consumer)
      throws InterruptedException {
    Company company = endpoint.company();
    Answer repeat =
        Patience.until(
            "a repeat is answered", () -> publish(company), answer -> answer.status() != 503);
    Answer another = publish(company);

    assertThat(another.expect(202)).isEqualTo(repeat.expect(202));
    assertThat(eventsOf(company)).isEqualTo(1);
    endpoint.onlyDelivery("delivered");
    assertThat(consumer.next().eventId())
        .isEqualTo(repeat.json().path("events").path(0).path("id").stringValue());
    assertThatNothingMoreCame(consumer);
  }

  /// The fence: what another company published later has arrived.
  private void assertThatNothingMoreCame(Consumer consumer) {
    try (Consumer other = Consumer.thatAccepts()) {
      Endpoint behind = house.newCompany().subscribe(other.url(), "customer.created");
      behind.company().customerCreated(2);
      behind.onlyDelivery("delivered");
    }
    assertThat(consumer.count()).isEqualTo(1);
  }

  private long eventsOf(Company company) {
    return new Sql(database.settings())
        .number("select count(*) from event where company_id = " + company.id());
  }
}
