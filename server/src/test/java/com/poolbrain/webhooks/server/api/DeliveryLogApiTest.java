package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The log of deliveries over HTTP.
@Tag("slow")
class DeliveryLogApiTest extends CompanyWithReceiverFixture {

  DeliveryLogApiTest(ServiceClient api) {
    super(api);
  }

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    api.get(company.path() + "/deliveries?" + query)
        .json()
        .path("data")
        .forEach(delivery -> ids.add(delivery.path("id").asString()));
    return ids;
  }

  @Test
  void delivery_log_is_filtered_by_every_parameter() {
    String customers = company.subscribe(receiver.url("/c"), "customer.created").id();
    String jobs = company.subscribe(receiver.url("/j"), "job.Deleted").id();
    publishCustomer(7);
    String event = publish("job.one_time.deleted", "{\"jobNumber\": \"J-9\", \"jobTitle\": \"x\"}");
    awaitDeliveries(2, "status=delivered");
    List<String> all = ids("");
    String job = all.get(0);
    String customer = all.get(1);

    assertThat(ids("event=JOB.DELETED")).containsExactly(job);
    assertThat(ids("endpoint_id=" + customers)).containsExactly(customer);
    assertThat(ids("endpoint_id=" + jobs + "&status=delivered")).containsExactly(job);
    assertThat(ids("status=permanently_failed")).isEmpty();
    assertThat(ids("q=" + job)).containsExactly(job);
    assertThat(ids("q=" + event)).containsExactly(job);
    awaitDeliveries(1, "q=J-9");
    assertThat(ids("q=7&event=customer.created")).containsExactly(customer);
    assertThat(ids("q=nothing")).isEmpty();
    assertThat(ids("result=2xx&trigger=automatic")).containsExactly(job, customer);
    assertThat(ids("result=server_error")).isEmpty();
    assertThat(ids("trigger=manual")).isEmpty();
    String accepted =
        api.get(company.path() + "/deliveries/" + job).json().path("created_at").asString();
    assertThat(ids("from=" + accepted)).contains(job);
    assertThat(ids("to=" + accepted)).contains(job, customer);
    assertThat(ids("from=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("to=2000-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void delivery_older_than_the_retention_is_said_to_be_that() {
    String old = company.path() + "/deliveries/0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d";

    for (ApiResponse refused : List.of(api.get(old), api.post(old + "/redeliver", ""))) {
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.detail()).contains("ids of 2025-08-19 are older than the retention");
    }
  }

  @Test
  void event_filter_finds_a_type_under_any_of_its_names() {
    company.subscribe(receiver.url("/alias"), "job.created");
    company.subscribe(receiver.url("/canonical"), "job.one_time.created");
    publish("job.one_time.created", "{\"jobNumber\": \"J-10\"}");
    awaitDeliveries(2, "status=delivered");

    assertThat(ids("event=job.one_time.created")).hasSize(2).isEqualTo(ids(""));
    assertThat(ids("event=job.created")).isEqualTo(ids(""));
    assertThat(ids("event=JOB.Created&q=J-10")).isEqualTo(ids(""));
    assertThat(ids("event=job.Deleted")).isEmpty();
  }

  @Test
  void delivery_log_pages_are_complete_and_cursors_of_other_filters_are_rejected() {
    company.subscribe(receiver.url("/c"), "customer.created");
    for (int i = 0; i < 5; i++) {
      publishCustomer(i);
    }
    awaitDeliveries(5, "status=delivered");

    List<String> collected = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get(company.path() + "/deliveries?limit=2" + cursor).json();
      page.path("data").forEach(delivery -> collected.add(delivery.path("id").asString()));
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    assertThat(collected).isEqualTo(ids("")).hasSize(5);

    String other =
        api.get(company.path() + "/deliveries?limit=2&status=delivered")
            .json()
            .path("next_cursor")
            .asString();
    ApiResponse refused = api.get(company.path() + "/deliveries?limit=2&cursor=" + other);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains("other filters");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "status=done, Give one of",
    "status=deliverd, Did you mean 'delivered'?",
    "event=customer.craeted, customer.created",
    "endpoint_id=7, Give an id",
    "from=yesterday, Give a time",
    "to=%2B30000-01-01T00:00:00Z, Give a time",
    "statuss=delivered, Did you mean 'status'?",
    "result=6xx, a class of codes such as 5xx",
    "result=server_eror, Did you mean 'server_error'?",
    "trigger=by_hand, 'Give one of automatic, manual, test'",
    "grouped=yes, 'Give one of true, false'",
    "limit=1000, from 1 to 200",
    "cursor=AAAA, start without a cursor",
  })
  void invalid_filter_is_rejected(String query, String expectedText) {
    ApiResponse refused = api.get(company.path() + "/deliveries?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains(expectedText);
  }
}
