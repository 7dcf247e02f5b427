package com.poolbrain.webhooks.samples.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.consumer.test.Sample;
import com.poolbrain.webhooks.consumer.test.Samples;
import com.poolbrain.webhooks.consumer.test.TestWebhook;
import com.poolbrain.webhooks.consumer.test.WebhookTestKit;
import com.poolbrain.webhooks.consumer.test.junit.WebhookExtension;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The whole application, with webhooks as the service sends them. Needs no network and no service.
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "poolbrain.webhooks.secret=" + CrmApplicationTest.SECRET,
      "spring.datasource.url=jdbc:h2:mem:crm"
    })
class CrmApplicationTest {

  static final String SECRET = "whsec_for_tests";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private Views views;

  @RegisterExtension
  final WebhookExtension webhooks =
      WebhookExtension.withSecret(SECRET)
          .sendingTo(() -> URI.create("http://localhost:" + port + "/webhooks/poolbrain"));

  @BeforeEach
  void emptyTables() {
    for (String table : List.of("customer", "status_change", "job", "poolbrain_webhook_latest")) {
      jdbc.sql("delete from " + table).update();
    }
  }

  @Test
  void customers_of_an_import_are_added() throws Exception {
    assertThat(webhooks.deliver(Samples.customersImported())).hasSize(1);

    assertThat(views.customers())
        .hasSizeGreaterThan(1)
        .allMatch(customer -> customer.companyId() == 40 && customer.status() == null);
  }

  @Test
  void a_webhook_that_comes_twice_changes_a_status_once() throws Exception {
    TestWebhook webhook = webhooks.kit().signed(Samples.customerStatusUpdated(7, "inactive"));

    assertThat(webhooks.send(webhook).answer()).isEqualTo("handled");
    assertThat(webhooks.send(webhook.attempt(2)).answer()).isEqualTo("duplicate");

    assertThat(views.customers())
        .containsExactly(new Views.Customer(40, 7, "John Doe", "inactive", 1));
  }

  @Test
  void a_status_that_arrives_late_does_not_replace_a_newer_one() throws Exception {
    WebhookTestKit kit = webhooks.kit();
    Instant noon = Instant.parse("2026-02-13T12:00:00Z");
    webhooks.send(kit.withTime(noon).signed(Samples.customerStatusUpdated(7, "inactive")));
    webhooks.send(
        kit.withTime(noon.minusSeconds(1)).signed(Samples.customerStatusUpdated(7, "lead")));

    assertThat(views.customers())
        .containsExactly(new Views.Customer(40, 7, "John Doe", "inactive", 2));
  }

  @Test
  void moved_jobs_are_on_their_new_route() throws Exception {
    webhooks.deliver(moved(1, "\"North\""));
    webhooks.deliver(moved(2, "\"North\""));
    webhooks.deliver(moved(1, "null"));

    assertThat(views.board())
        .containsExactlyInAnyOrder(
            new Views.Job(40, 1, "Filter Clean", "Alina Grant", null),
            new Views.Job(40, 2, "Filter Clean", "Alina Grant", "North"));
  }

  @Test
  void effects_of_a_failed_webhook_are_rolled_back_and_it_succeeds_later() throws Exception {
    // The second customer has a name that the CRM can't store.
    Sample tooLong = customers("\"" + "x".repeat(1001) + "\"");
    TestWebhook webhook = webhooks.kit().signed(tooLong);

    assertThat(webhooks.send(webhook).status()).isEqualTo(500);
    assertThat(views.customers()).isEmpty();

    jdbc.sql("alter table customer alter column name set data type varchar(2000)").update();
    assertThat(webhooks.send(webhook.attempt(2)).status()).isEqualTo(200);
    assertThat(views.customers()).hasSize(2);
  }

  @Test
  void a_wrong_signature_changes_nothing() throws Exception {
    TestWebhook webhook = webhooks.kit().signed(Samples.customerCreated()).withWrongSignature();

    assertThat(webhooks.send(webhook).status()).isEqualTo(401);
    assertThat(views.customers()).isEmpty();
  }

  private static Sample moved(long jobId, String route) {
    return Sample.of(
        "job.one_time.schedule.changed",
        """
        {"jobId": %d, "jobTitle": "Filter Clean", "technicianName": "Alina Grant",
        "currentRouteName": %s}\
        """
            .formatted(jobId, route));
  }

  private static Sample customers(String secondName) {
    return new Sample(
        "customer.created",
        """
        [{"customerId":1,"displayName":"Ann"},{"customerId":2,"displayName":%s}]\
        """
            .formatted(secondName));
  }
}
