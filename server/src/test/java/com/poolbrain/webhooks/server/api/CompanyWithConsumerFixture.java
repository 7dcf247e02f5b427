package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// For each test a company of its own, and a consumer that it may send to.
@TestInstance(Lifecycle.PER_CLASS)
abstract class CompanyWithConsumerFixture {

  private final AtomicLong companies = new AtomicLong(40);

  TestApi api;
  HttpsReceiver receiver;
  String company;

  @BeforeAll
  final void start(@TempDir Path folder) {
    api = new TestApi(folder);
  }

  @AfterAll
  final void stop() {
    api.close();
  }

  @BeforeEach
  final void newCompany() {
    receiver = HttpsReceiver.accepting();
    company = api.createCompany(companies.getAndIncrement());
  }

  @AfterEach
  final void closeConsumer() {
    receiver.close();
  }

  private long companyId() {
    return Long.parseLong(company.substring("/companies/".length()));
  }

  final String publish(String event, String data) {
    ApiResponse accepted =
        api.post(
            "/events",
            "{\"company_id\": %d, \"event\": \"%s\", \"timestamp\": \"2026-02-13T06:42:24.705Z\", \"data\": %s}"
                .formatted(companyId(), event, data));
    assertThat(accepted.status()).as("%s", accepted).isEqualTo(202);
    return accepted.json().at("/events/0/id").asString();
  }

  final String publishCustomer(int id) {
    return publish(
        "customer.created", "{\"customerId\": %d, \"displayName\": \"Ann\"}".formatted(id));
  }

  final JsonNode awaitStatus(String delivery, String status) {
    return api.await(
            company + "/deliveries/" + delivery, d -> d.path("status").asString().equals(status))
        .json();
  }

  final String awaitOnlyDelivery() {
    return api.await(company + "/deliveries", list -> list.path("data").size() == 1)
        .json()
        .at("/data/0/id")
        .asString();
  }
}
