package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.Sql;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Somebody drops today's partitions under a running service.
class MissingDayTest {

  private final TestDatabase database = TestServer.EMBEDDED_18.fresh();
  private final Sql sql = new Sql(database.settings());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void publishersAreToldToRepeatAndSoonCan() throws Exception {
    try (House house = House.open(Setup.on(database.settings()));
        Consumer consumer = Consumer.thatAnswers(200)) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      String event =
          company.event("customer.created", "{\"customerId\": 1, \"displayName\": \"A\"}");

      Patience.until("it is missed", () -> dropAndPublish(company), status -> status == 503);
      Patience.until(
          "the day is made", () -> company.api().publish(event).status(), status -> status == 202);

      endpoint.onlyDelivery("delivered");
    }
  }

  @Test
  void aResultWhoseDayIsMissingIsRecordedAllTheSame() throws Exception {
    try (House house = House.open(Setup.on(database.settings()));
        Consumer consumer = Consumer.thatAnswers(200)) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      drop("delivery");

      endpoint.company().customerCreated(1);

      assertThat(endpoint.onlyDelivery("delivered").path("attempts")).hasSize(1);
      assertThat(consumer.count()).isEqualTo(1);
    }
  }

  /// Publishes what nobody has subscribed. A service that has just begun may still be making days:
  /// then it makes this one again, and it is to be dropped once more.
  private int dropAndPublish(Company company) {
    drop("event", "delivery");
    return company
        .api()
        .publish(company.event("job.one_time.created", "{\"jobNumber\": \"JOB-1\"}"))
        .status();
  }

  private void drop(String... tables) {
    for (String table : tables) {
      String today = "select to_char(now() at time zone 'UTC', 'YYYYMMDD')";
      sql.run("drop table if exists %s_%s".formatted(table, sql.strings(today).getFirst()));
    }
  }
}
