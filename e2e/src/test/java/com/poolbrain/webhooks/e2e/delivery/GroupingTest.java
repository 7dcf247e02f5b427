package com.poolbrain.webhooks.e2e.delivery;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Grouping of many items of one operation.
class GroupingTest {

  private static final int ITEMS = 250;

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start();
  }

  @Test
  void import_is_delivered_in_groups_in_its_original_order() {
    try (HttpsReceiver firstReceiver = HttpsReceiver.accepting();
        HttpsReceiver secondReceiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      List<TestEndpoint> endpoints =
          List.of(
              company.subscribe(firstReceiver.url(), "customer.created"),
              company.subscribe(secondReceiver.url(), "customer.created"));

      JsonNode accepted = publish(company, "customer.created", GroupingTest::customer);
      endpoints.forEach(endpoint -> endpoint.awaitDeliveries(3, "delivered"));

      assertThat(idsOf(accepted)).hasSize(3).doesNotHaveDuplicates();
      for (HttpsReceiver receiver : List.of(firstReceiver, secondReceiver)) {
        List<ReceivedRequest> groups = inOrderOf(idsOf(accepted), receiver);
        assertThat(groups)
            .extracting(webhook -> webhook.envelope().path("data").size())
            .containsExactly(100, 100, 50);
        assertThat(customerIdsIn(groups)).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
      }
    }
  }

  @Test
  void objects_of_one_operation_are_grouped() {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      String events =
          IntStream.range(0, ITEMS)
              .mapToObj(number ->
                  """
                  {"company_id": %d, "event": "customer.created", "operation": "import-7", "data": %s}\
                  """
                      .formatted(company.id(), customer(number)))
              .collect(joining(",", "[", "]"));

      JsonNode accepted = service.api().publish(events).expect(202).path("events");
      endpoint.awaitDeliveries(3, "delivered");
      List<String> ids =
          accepted.valueStream().flatMap(event -> idsOf(event).stream()).distinct().toList();

      assertThat(accepted.size()).isEqualTo(ITEMS);
      assertThat(customerIdsIn(inOrderOf(ids, receiver)))
          .isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
    }
  }

  @Test
  void events_of_a_type_without_grouping_are_delivered_one_by_one() {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "job.one_time.created");

      JsonNode accepted = publish(company, "job.one_time.created", GroupingTest::job);
      endpoint.awaitDeliveries(ITEMS, "delivered");

      assertThat(inOrderOf(idsOf(accepted), receiver))
          .extracting(webhook -> webhook.envelope().path("data").path("jobNumber").asString())
          .isEqualTo(IntStream.range(0, ITEMS).mapToObj(number -> "JOB-" + number).toList());
    }
  }

  @Test
  void group_of_one_item_is_sent_as_an_object() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(receiver.url(), "customer.created");
      company.publish("customer.created", "[" + customer(1) + "]");

      assertThat(receiver.awaitNext().envelope().path("data").isObject()).isTrue();
    }
  }

  private static JsonNode publish(TestCompany company, String event, IntFunction<String> item) {
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

  /// The events received, in the order of their items; one webhook per event.
  private static List<ReceivedRequest> inOrderOf(List<String> ids, HttpsReceiver receiver) {
    List<ReceivedRequest> webhooks = new ArrayList<>(receiver.webhooks());
    webhooks.sort(Comparator.comparingInt(webhook -> ids.indexOf(webhook.eventId())));
    assertThat(webhooks).extracting(ReceivedRequest::eventId).isEqualTo(ids);
    return webhooks;
  }

  private static List<Integer> customerIdsIn(List<ReceivedRequest> groups) {
    return groups.stream()
        .flatMap(webhook -> webhook.envelope().path("data").valueStream())
        .map(item -> item.path("customerId").intValue())
        .toList();
  }
}
