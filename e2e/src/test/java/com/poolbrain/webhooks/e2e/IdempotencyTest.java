package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Publishers that repeat themselves.
class IdempotencyTest {

  private static final int AT_ONCE = 32;

  @AutoClose private static House house;

  @BeforeAll
  static void open() {
    house = House.open();
  }

  @Test
  void aRepeatWithTheSameHeaderGetsTheFirstAnswerAndMakesNothing() {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");

      Answer first = publish(company, 1, "import-1");
      Answer second = publish(company, 1, "import-1");

      assertThat(second.expect(202)).isEqualTo(first.expect(202));
      endpoint.onlyDelivery("delivered");
      assertThatOnlyTheseArrived(consumer, endpoint, first);
    }
  }

  @Test
  void theSameHeaderWithOtherContentIsAConflict() {
    Company company = house.newCompany();
    publish(company, 1, "import-2").expect(202);

    Answer other = publish(company, 2, "import-2");

    assertThat(other.expect(409).path("status").intValue()).isEqualTo(409);
    assertThat(other.header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void keysInTheBodyAreTheCompanysOwn() {
    Company blue = house.newCompany();
    Company green = house.newCompany();

    Answer first = house.api().publish(keyed(blue, 1, "k"));
    Answer repeated = house.api().publish(keyed(blue, 1, "k"));
    Answer elsewhere = house.api().publish(keyed(green, 1, "k"));
    Answer conflict = house.api().publish(keyed(blue, 2, "k"));

    assertThat(repeated.expect(202)).isEqualTo(first.expect(202));
    assertThat(elsewhere.expect(202)).isNotEqualTo(first.expect(202));
    assertThat(conflict.expect(409).path("errors").path(0).path("pointer").stringValue())
        .isEqualTo("/idempotency_key");
  }

  @Test
  void inAnArrayKnownKeysReturnTheirFirstAnswerAndTheRestIsAccepted() {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      Answer first = house.api().publish(keyed(company, 1, "one"));

      Answer both =
          house
              .api()
              .publish("[" + keyed(company, 1, "one") + "," + keyed(company, 2, "two") + "]");

      assertThat(both.expect(202).path("events").path(0))
          .isEqualTo(first.expect(202).path("events").path(0));
      endpoint.deliveries(2, "delivered");
      assertThat(consumer.hooks())
          .extracting(hook -> hook.envelope().path("data").path("customerId").intValue())
          .containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void repeatsAtTheSameTimeMakeOneEvent() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts();
        ExecutorService publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      Callable<Answer> publish = () -> publish(company, 1, "import-at-once");

      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : publishers.invokeAll(Collections.nCopies(AT_ONCE, publish))) {
        answers.add(answer.get());
      }

      assertThat(answers)
          .extracting(answer -> answer.expect(202))
          .containsOnly(answers.getFirst().json());
      endpoint.onlyDelivery("delivered");
      assertThatOnlyTheseArrived(consumer, endpoint, answers.getFirst());
    }
  }

  private static Answer publish(Company company, int customer, String key) {
    return house
        .api()
        .publish(company.event("customer.created", data(customer)), "Idempotency-Key", key);
  }

  private static String keyed(Company company, int customer, String key) {
    return """
    {"company_id": %d, "event": "customer.created", "data": %s, "idempotency_key": "%s"}\
    """
        .formatted(company.id(), data(customer), key);
  }

  private static String data(int customer) {
    return "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(customer);
  }

  /// The fence: an event that was published later has arrived.
  private static void assertThatOnlyTheseArrived(
      Consumer consumer, Endpoint endpoint, Answer accepted) {
    String later = endpoint.company().customerCreated(99);
    endpoint.deliveries(2, "delivered");
    assertThat(consumer.hooks())
        .extracting(Hook::eventId)
        .containsExactlyInAnyOrder(
            accepted.json().path("events").path(0).path("id").stringValue(), later);
  }
}
