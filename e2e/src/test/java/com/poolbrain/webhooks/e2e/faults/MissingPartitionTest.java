package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Today's partitions are dropped while the service runs.
class MissingPartitionTest {

  private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
  private final AdminSql sql = new AdminSql(database.settings());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void publishing_without_todays_partition_is_refused_until_it_is_recreated() throws Exception {
    try (RunningService service =
            RunningService.start(RunningService.environmentOn(database.settings()));
        HttpsReceiver receiver = HttpsReceiver.answering(200)) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      String event =
          company.eventJson("customer.created", "{\"customerId\": 1, \"displayName\": \"A\"}");

      Await.until(
          "a publish is rejected with 503", () -> dropAndPublish(company), status -> status == 503);
      Await.until(
          "a publish is accepted again",
          () -> company.api().publish(event).status(),
          status -> status == 202);

      endpoint.awaitOnlyDelivery("delivered");
    }
  }

  @Test
  void result_is_recorded_although_todays_partition_is_missing() throws Exception {
    try (RunningService service =
            RunningService.start(RunningService.environmentOn(database.settings()));
        HttpsReceiver receiver = HttpsReceiver.answering(200)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      dropPartitionsOfToday("delivery");

      endpoint.company().publishCustomerCreated(1);

      assertThat(endpoint.awaitOnlyDelivery("delivered").path("attempts")).hasSize(1);
      assertThat(receiver.webhookCount()).isEqualTo(1);
    }
  }

  /// Drops the partitions and publishes an event without subscribers. A service that has just
  /// started may still create partitions; then they are dropped again.
  private int dropAndPublish(TestCompany company) {
    dropPartitionsOfToday("event", "delivery");
    return company
        .api()
        .publish(company.eventJson("job.one_time.created", "{\"jobNumber\": \"JOB-1\"}"))
        .status();
  }

  private void dropPartitionsOfToday(String... tables) {
    for (String table : tables) {
      String today = "select to_char(now() at time zone 'UTC', 'YYYYMMDD')";
      sql.execute(
          "drop table if exists %s_%s".formatted(table, sql.queryStrings(today).getFirst()));
    }
  }
}
