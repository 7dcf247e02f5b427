package com.poolbrain.webhooks.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.manage.Api.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The log of deliveries over HTTP.
class DeliveryLogApiTest extends CompanyWithConsumer {

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    api.get(company + "/deliveries?" + query)
        .body()
        .path("data")
        .forEach(delivery -> ids.add(delivery.path("id").asString()));
    return ids;
  }

  @Test
  void theLogIsNarrowedByEveryFilter() {
    String customers = api.endpoint(company, consumer.url("/c"), "customer.created");
    String jobs = api.endpoint(company, consumer.url("/j"), "job.Deleted");
    publishCustomer(7);
    String event = publish("job.one_time.deleted", "{\"jobNumber\": \"J-9\", \"jobTitle\": \"x\"}");
    api.until(company + "/deliveries?status=delivered", list -> list.path("data").size() == 2);
    List<String> all = ids("");
    String job = all.get(0);
    String customer = all.get(1);

    assertThat(ids("event=JOB.DELETED")).containsExactly(job);
    assertThat(ids("event=job.one_time.deleted")).as("the name in the row decides").isEmpty();
    assertThat(ids("endpoint_id=" + customers)).containsExactly(customer);
    assertThat(ids("endpoint_id=" + jobs + "&status=delivered")).containsExactly(job);
    assertThat(ids("status=permanently_failed")).isEmpty();
    assertThat(ids("q=" + job)).containsExactly(job);
    assertThat(ids("q=" + event)).containsExactly(job);
    api.until(company + "/deliveries?q=J-9", list -> list.path("data").size() == 1);
    assertThat(ids("q=7&event=customer.created")).containsExactly(customer);
    assertThat(ids("q=nothing")).isEmpty();
    String accepted = api.get(company + "/deliveries/" + job).body().path("created_at").asString();
    assertThat(ids("from=" + accepted)).contains(job);
    assertThat(ids("to=" + accepted)).contains(job, customer);
    assertThat(ids("from=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("to=2000-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void thePagesOfTheLogHoldTogetherAndTheirCursorsDont() {
    api.endpoint(company, consumer.url("/c"), "customer.created");
    for (int i = 0; i < 5; i++) {
      publishCustomer(i);
    }
    api.until(company + "/deliveries?status=delivered", list -> list.path("data").size() == 5);

    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get(company + "/deliveries?limit=2" + cursor).body();
      page.path("data").forEach(delivery -> walked.add(delivery.path("id").asString()));
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    assertThat(walked).isEqualTo(ids("")).hasSize(5);

    String other =
        api.get(company + "/deliveries?limit=2&status=delivered")
            .body()
            .path("next_cursor")
            .asString();
    Answer refused = api.get(company + "/deliveries?limit=2&cursor=" + other);
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
    "limit=1000, from 1 to 200",
    "cursor=AAAA, begin again",
  })
  void badFiltersAreRefused(String query, String words) {
    Answer refused = api.get(company + "/deliveries?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains(words);
  }
}
