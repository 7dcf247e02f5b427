package com.poolbrain.webhooks.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What many items of one operation become.
class GroupingTest {

  private static final int ITEMS = 250;

  @AutoClose private static House house;

  @BeforeAll
  static void open() {
    house = House.open();
  }

  @Test
  void anImportArrivesInGroupsInItsOriginalOrder() {
    try (Consumer one = Consumer.thatAccepts();
        Consumer other = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      List<Endpoint> endpoints =
          List.of(
              company.subscribe(one.url(), "customer.created"),
              company.subscribe(other.url(), "customer.created"));

      JsonNode accepted = publish(company, "customer.created", GroupingTest::customer);
      endpoints.forEach(endpoint -> endpoint.deliveries(3, "delivered"));

      assertThat(idsOf(accepted)).hasSize(3).doesNotHaveDuplicates();
      for (Consumer consumer : List.of(one, other)) {
        List<Hook> groups = inOrderOf(idsOf(accepted), consumer);
        assertThat(groups)
            .extracting(hook -> hook.envelope().path("data").size())
            .containsExactly(100, 100, 50);
        assertThat(numbersIn(groups)).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
      }
    }
  }

  @Test
  void severalObjectsOfOneOperationAreGroupedToo() {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      String events =
          IntStream.range(0, ITEMS)
              .mapToObj(number ->
                  """
                  {"company_id": %d, "event": "customer.created", "operation": "import-7", "data": %s}\
                  """
                      .formatted(company.id(), customer(number)))
              .collect(joining(",", "[", "]"));

      JsonNode accepted = house.api().publish(events).expect(202).path("events");
      endpoint.deliveries(3, "delivered");
      List<String> ids =
          accepted.valueStream().flatMap(event -> idsOf(event).stream()).distinct().toList();

      assertThat(accepted.size()).isEqualTo(ITEMS);
      assertThat(numbersIn(inOrderOf(ids, consumer)))
          .isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
    }
  }

  @Test
  void whatIsNotGroupedArrivesOneByOne() {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "job.one_time.created");

      JsonNode accepted = publish(company, "job.one_time.created", GroupingTest::job);
      endpoint.deliveries(ITEMS, "delivered");

      assertThat(inOrderOf(idsOf(accepted), consumer))
          .extracting(hook -> hook.envelope().path("data").path("jobNumber").asString())
          .isEqualTo(IntStream.range(0, ITEMS).mapToObj(number -> "JOB-" + number).toList());
    }
  }

  @Test
  void aGroupOfOneIsAnObject() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(consumer.url(), "customer.created");
      company.publish("customer.created", "[" + customer(1) + "]");

      assertThat(consumer.next().envelope().path("data").isObject()).isTrue();
    }
  }

  private static JsonNode publish(Company company, String event, IntFunction<String> item) {
    return company.publish(
        event, IntStream.range(0, ITEMS).mapToObj(item).collect(joining(",", "[", "]")));
  }

  private static String customer(int number) {
    return "{\"customerId\": %d, \"displayName\": \"Customer %d\"}".formatted(number, number);
  }

  private static String job(int number) {
    return "{\"jobNumber\": \"JOB-%d\"}".formatted(number);
  }

  private static List<String> idsOf(JsonNode accepted) {
    return accepted.path("ids").valueStream().map(JsonNode::stringValue).toList();
  }

  /// What the consumer got, in the order of the events; one webhook for each.
  private static List<Hook> inOrderOf(List<String> ids, Consumer consumer) {
    List<Hook> hooks = new ArrayList<>(consumer.hooks());
    hooks.sort(Comparator.comparingInt(hook -> ids.indexOf(hook.eventId())));
    assertThat(hooks).extracting(Hook::eventId).isEqualTo(ids);
    return hooks;
  }

  private static List<Integer> numbersIn(List<Hook> groups) {
    return groups.stream()
        .flatMap(hook -> hook.envelope().path("data").valueStream())
        .map(item -> item.path("customerId").intValue())
        .toList();
  }
}
