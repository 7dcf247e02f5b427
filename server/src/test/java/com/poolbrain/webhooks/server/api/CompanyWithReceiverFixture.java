package com.poolbrain.webhooks.server.api;

import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// A new company and a receiver for each test.
@ExtendWith(SharedApplicationExtension.class)
abstract class CompanyWithReceiverFixture {

  final ServiceClient api;
  HttpsReceiver receiver;
  TestCompany company;

  CompanyWithReceiverFixture(ServiceClient api) {
    this.api = api;
  }

  @BeforeEach
  final void createCompany() {
    receiver = HttpsReceiver.accepting();
    company = TestCompany.create(api);
  }

  @AfterEach
  final void closeReceiver() {
    receiver.close();
  }

  /// A client with a key of this company and scope.
  final ServiceClient clientOf(TestCompany owner, String scope) {
    String json =
        "{\"name\": \"k\", \"scopes\": [\"%s\"], \"company_id\": %d}".formatted(scope, owner.id());
    return api.withKey(api.post("/keys", json).expect(201).path("key").asString());
  }

  /// Publishes an event with a time stamp, and returns its id.
  final String publish(String event, String data) {
    return api.publish(
            "{\"company_id\": %d, \"event\": \"%s\", \"timestamp\": \"2026-02-13T06:42:24.705Z\", \"data\": %s}"
                .formatted(company.id(), event, data))
        .expect(202)
        .at("/events/0/id")
        .asString();
  }

  final String publishCustomer(int id) {
    return publish(
        "customer.created", "{\"customerId\": %d, \"displayName\": \"Ann\"}".formatted(id));
  }

  /// Waits until a query of the delivery log finds this many deliveries, and returns them.
  final List<JsonNode> awaitDeliveries(int count, String... parameters) {
    return Await.until(
        count + " deliveries",
        () -> company.listDeliveries(parameters),
        found -> found.size() == count);
  }

  final String awaitOnlyDelivery() {
    return awaitDeliveries(1).getFirst().path("id").asString();
  }
}
