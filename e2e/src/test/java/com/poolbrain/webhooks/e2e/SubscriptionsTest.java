package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who gets what: endpoints get the events that they subscribed, under the name they subscribed.
class SubscriptionsTest {

  private static final String CUSTOMER = "{\"customerId\": 7, \"displayName\": \"Chris Bale\"}";
  private static final String STATUS =
      "{\"customerId\": 7, \"displayName\": \"Chris Bale\", \"currentStatus\": \"lead\"}";
  private static final String JOB = "{\"jobNumber\": \"JOB-5501\"}";

  @AutoClose private static House house;

  @BeforeAll
  static void open() {
    house = House.open();
  }

  @Test
  void eachEndpointGetsJustItsOwn() {
    try (Consumer customers = Consumer.thatAccepts();
        Consumer jobs = Consumer.thatAccepts();
        Consumer others = Consumer.thatAccepts()) {
      Company blue = house.newCompany();
      Company green = house.newCompany();
      Endpoint blueCustomers =
          blue.subscribe(customers.url(), "customer.created", "customer.status.updated");
      Endpoint blueJobs = blue.subscribe(jobs.url(), "job.one_time.created");
      Endpoint greenAll = green.subscribe(others.url(), "customer.created", "job.one_time.created");

      for (Company company : List.of(blue, green)) {
        company.publish("customer.created", CUSTOMER);
        company.publish("customer.status.updated", STATUS);
        company.publish("job.one_time.created", JOB);
      }
      blueCustomers.deliveries(2, "delivered");
      blueJobs.deliveries(1, "delivered");
      greenAll.deliveries(2, "delivered");

      assertThat(customers.hooks())
          .extracting(Hook::event)
          .containsExactlyInAnyOrder("customer.created", "customer.status.updated");
      assertThat(jobs.hooks()).extracting(Hook::event).containsExactly("job.one_time.created");
      assertThat(others.hooks())
          .extracting(Hook::event)
          .containsExactlyInAnyOrder("customer.created", "job.one_time.created");
      assertThat(companiesOf(customers)).containsOnly(blue.id());
      assertThat(companiesOf(jobs)).containsOnly(blue.id());
      assertThat(companiesOf(others)).containsOnly(green.id());
      assertThat(blue.deliveries()).hasSize(3);
      assertThat(green.deliveries()).hasSize(2);
    }
  }

  @Test
  void anAliasSubscriberGetsTheAliasWithTheSameData() throws Exception {
    try (Consumer canonical = Consumer.thatAccepts();
        Consumer alias = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(canonical.url(), "customer.status.updated");
      company.subscribe(alias.url(), "customer.status.changed");
      company.publish("customer.status.updated", STATUS);

      Hook underItsName = canonical.next();
      Hook underTheAlias = alias.next();

      assertThat(underItsName.event()).isEqualTo("customer.status.updated");
      assertThat(underTheAlias.event()).isEqualTo("customer.status.changed");
      assertThat(underTheAlias.header("X-Webhook-Event")).isEqualTo("customer.status.changed");
      assertThat(underTheAlias.envelope().path("data"))
          .isEqualTo(underItsName.envelope().path("data"));
      assertThat(underTheAlias.eventId()).isEqualTo(underItsName.eventId());
      assertThat(underTheAlias.id()).isNotEqualTo(underItsName.id());
    }
  }

  @Test
  void anAliasKeepsItsSpelling() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(consumer.url(), "job.deleted");
      company.publish(
          "JOB.ONE_TIME.DELETED", "{\"jobNumber\": \"JOB-1\", \"jobTitle\": \"Filter Clean\"}");

      assertThat(consumer.next().event()).isEqualTo("job.Deleted");
    }
  }

  @Test
  void whoSubscribedBothNamesGetsTheEventOnceUnderTheCanonicalOne() {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint =
          company.subscribe(consumer.url(), "customer.status.changed", "customer.status.updated");
      company.publish("customer.status.changed", STATUS);
      endpoint.onlyDelivery("delivered");

      assertThat(consumer.hooks())
          .extracting(Hook::event)
          .containsExactly("customer.status.updated");
    }
  }

  private static List<Long> companiesOf(Consumer consumer) {
    return consumer.hooks().stream()
        .map(hook -> hook.envelope().path("company_id").longValue())
        .toList();
  }
}
