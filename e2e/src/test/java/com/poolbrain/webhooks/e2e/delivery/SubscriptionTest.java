package com.poolbrain.webhooks.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Fan-out: endpoints receive the events of their company that they subscribed, under the name that
/// they subscribed.
class SubscriptionTest {

  private static final String CUSTOMER = "{\"customerId\": 7, \"displayName\": \"Chris Bale\"}";
  private static final String STATUS_CHANGE =
      "{\"customerId\": 7, \"displayName\": \"Chris Bale\", \"currentStatus\": \"lead\"}";
  private static final String JOB = "{\"jobNumber\": \"JOB-5501\"}";

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start();
  }

  @Test
  void endpoint_receives_only_the_events_it_subscribed_of_its_company() {
    try (HttpsReceiver customers = HttpsReceiver.accepting();
        HttpsReceiver jobs = HttpsReceiver.accepting();
        HttpsReceiver others = HttpsReceiver.accepting()) {
      TestCompany blue = service.createCompany();
      TestCompany green = service.createCompany();
      TestEndpoint blueCustomers =
          blue.subscribe(customers.url(), "customer.created", "customer.status.updated");
      TestEndpoint blueJobs = blue.subscribe(jobs.url(), "job.one_time.created");
      TestEndpoint greenAll =
          green.subscribe(others.url(), "customer.created", "job.one_time.created");

      for (TestCompany company : List.of(blue, green)) {
        company.publish("customer.created", CUSTOMER);
        company.publish("customer.status.updated", STATUS_CHANGE);
        company.publish("job.one_time.created", JOB);
      }
      blueCustomers.awaitDeliveries(2, "delivered");
      blueJobs.awaitDeliveries(1, "delivered");
      greenAll.awaitDeliveries(2, "delivered");

      assertThat(customers.webhooks())
          .extracting(ReceivedRequest::eventName)
          .containsExactlyInAnyOrder("customer.created", "customer.status.updated");
      assertThat(jobs.webhooks())
          .extracting(ReceivedRequest::eventName)
          .containsExactly("job.one_time.created");
      assertThat(others.webhooks())
          .extracting(ReceivedRequest::eventName)
          .containsExactlyInAnyOrder("customer.created", "job.one_time.created");
      assertThat(companiesOf(customers)).containsOnly(blue.id());
      assertThat(companiesOf(jobs)).containsOnly(blue.id());
      assertThat(companiesOf(others)).containsOnly(green.id());
      assertThat(blue.listDeliveries()).hasSize(3);
      assertThat(green.listDeliveries()).hasSize(2);
    }
  }

  @Test
  void saving_an_endpoint_sends_nothing() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company
          .subscribe(receiver.url(), "customer.created")
          .patch("{\"description\": \"Saved again\"}");
      String event = company.publishCustomerCreated(7);

      assertThat(receiver.awaitNext().eventId()).isEqualTo(event);
      assertThat(receiver.connectionCount()).isEqualTo(1);
    }
  }

  @Test
  void alias_subscriber_receives_the_alias_with_the_same_data() throws Exception {
    try (HttpsReceiver canonical = HttpsReceiver.accepting();
        HttpsReceiver alias = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(canonical.url(), "customer.status.updated");
      company.subscribe(alias.url(), "customer.status.changed");
      company.publish("customer.status.updated", STATUS_CHANGE);

      ReceivedRequest canonicalWebhook = canonical.awaitNext();
      ReceivedRequest aliasWebhook = alias.awaitNext();

      assertThat(canonicalWebhook.eventName()).isEqualTo("customer.status.updated");
      assertThat(aliasWebhook.eventName()).isEqualTo("customer.status.changed");
      assertThat(aliasWebhook.header("X-Webhook-Event")).isEqualTo("customer.status.changed");
      assertThat(aliasWebhook.envelope().path("data"))
          .isEqualTo(canonicalWebhook.envelope().path("data"));
      assertThat(aliasWebhook.eventId()).isEqualTo(canonicalWebhook.eventId());
      assertThat(aliasWebhook.deliveryId()).isNotEqualTo(canonicalWebhook.deliveryId());
    }
  }

  @Test
  void alias_keeps_its_spelling() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(receiver.url(), "job.deleted");
      company.publish(
          "JOB.ONE_TIME.DELETED", "{\"jobNumber\": \"JOB-1\", \"jobTitle\": \"Filter Clean\"}");

      assertThat(receiver.awaitNext().eventName()).isEqualTo("job.Deleted");
    }
  }

  @Test
  void subscriber_of_both_names_receives_the_event_once_under_the_canonical_name() {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint =
          company.subscribe(receiver.url(), "customer.status.changed", "customer.status.updated");
      company.publish("customer.status.changed", STATUS_CHANGE);
      endpoint.awaitOnlyDelivery("delivered");

      assertThat(receiver.webhooks())
          .extracting(ReceivedRequest::eventName)
          .containsExactly("customer.status.updated");
    }
  }

  private static List<Long> companiesOf(HttpsReceiver receiver) {
    return receiver.webhooks().stream()
        .map(webhook -> webhook.envelope().path("company_id").longValue())
        .toList();
  }
}
