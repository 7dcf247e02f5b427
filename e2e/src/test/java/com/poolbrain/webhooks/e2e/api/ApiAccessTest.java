package com.poolbrain.webhooks.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// API keys: scopes, companies, revocation.
class ApiAccessTest {

  private static final String CUSTOMER = "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}";

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start();
  }

  @Test
  void request_without_a_valid_key_is_refused() {
    TestCompany company = service.createCompany();
    for (String key : List.of("", "pbk_wrong-but-long-enough", "x".repeat(300))) {
      ServiceClient unauthorized = service.api().withKey(key);

      for (ApiResponse response :
          List.of(
              unauthorized.publish(company.eventJson("customer.created", CUSTOMER)),
              unauthorized.get(company.path()),
              unauthorized.patch(company.path(), "{\"webhooks_enabled\": false}"))) {
        assertThat(response.expect(401).path("detail").asString()).isNotBlank();
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
      }
    }
    assertThat(service.api().get(company.path()).expect(200).path("webhooks_enabled").asBoolean())
        .isTrue();
  }

  @Test
  void key_is_limited_to_its_scopes() {
    TestCompany company = service.createCompany();
    ServiceClient publisher = clientWithNewKey("publish", "");
    ServiceClient reader = clientWithNewKey("read", "");

    publisher.publish(company.eventJson("customer.created", CUSTOMER)).expect(202);
    reader.get(company.path() + "/deliveries").expect(200);

    assertThat(publisher.get(company.path() + "/deliveries").status()).isEqualTo(403);
    assertThat(reader.publish(company.eventJson("customer.created", CUSTOMER)).status())
        .isEqualTo(403);
    assertThat(reader.patch(company.path(), "{\"webhooks_enabled\": false}").status())
        .isEqualTo(403);
    assertThat(clientWithNewKey("manage", "").get("/keys").status()).isEqualTo(403);
  }

  @Test
  void company_key_gets_404_for_another_company() {
    try (HttpsReceiver failing = HttpsReceiver.answering(500)) {
      TestCompany ownCompany = service.createCompany();
      TestCompany otherCompany = service.createCompany();
      TestEndpoint endpoint = otherCompany.subscribe(failing.url(), "customer.created");
      otherCompany.publishCustomerCreated(1);
      String delivery = endpoint.awaitOnlyDelivery("permanently_failed").path("id").stringValue();
      ServiceClient manager = clientWithNewKey("manage", ", \"company_id\": " + ownCompany.id());

      manager.get(ownCompany.path()).expect(200);

      for (String path :
          List.of(
              otherCompany.path(),
              otherCompany.path() + "/endpoints",
              otherCompany.path() + "/deliveries/" + delivery,
              endpoint.path() + "/secret",
              ownCompany.path() + "/deliveries/" + delivery,
              ownCompany.path() + "/endpoints/" + endpoint.id())) {
        assertThat(manager.get(path).status()).as(path).isEqualTo(404);
      }
      assertThat(manager.delete(endpoint.path()).status()).isEqualTo(404);
      assertThat(
              manager
                  .post(ownCompany.path() + "/deliveries/" + delivery + "/redeliver", "")
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void publishing_for_another_company_with_a_company_key_is_refused() {
    TestCompany ownCompany = service.createCompany();
    TestCompany otherCompany = service.createCompany();
    ServiceClient publisher = clientWithNewKey("publish", ", \"company_id\": " + ownCompany.id());

    publisher.publish(ownCompany.eventJson("customer.created", CUSTOMER)).expect(202);
    ApiResponse response = publisher.publish(otherCompany.eventJson("customer.created", CUSTOMER));

    assertThat(response.expect(422).path("errors").path(0).path("pointer").stringValue())
        .isEqualTo("/company_id");
  }

  @Test
  void revoked_key_is_refused() {
    JsonNode created = createKey("read", "");
    ServiceClient reader = service.api().withKey(created.path("key").stringValue());
    reader.get("/companies").expect(200);

    service.api().delete("/keys/" + created.path("id").stringValue()).expectNoContent();

    Await.until(
        "the revoked key is refused",
        () -> reader.get("/companies").status(),
        status -> status == 401);
    assertThat(service.api().get("/keys").body()).doesNotContain(created.path("key").stringValue());
  }

  @Test
  void unknown_path_or_id_is_a_404_problem() {
    TestCompany company = service.createCompany();
    for (String path :
        List.of(
            "/nothing",
            "/companies/987654321",
            company.path() + "/endpoints/" + new UUID(0, 1),
            company.path() + "/endpoints/no-id",
            company.path() + "/deliveries/" + new UUID(0, 1))) {
      ApiResponse response = service.api().get(path);
      assertThat(response.status()).as(path).isEqualTo(404);
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void health_metrics_and_version_need_no_key() {
    ServiceClient anonymous = service.api().withKey("");

    anonymous.getFromRoot("/health/live").expect(200);
    Await.until(
        "the service is ready",
        () -> anonymous.getFromRoot("/health/ready").status(),
        status -> status == 200);
    anonymous.getFromRoot("/version").expect(200);
    assertThat(anonymous.getFromRoot("/metrics").body())
        .contains("webhooks_backlog", "webhooks_in_flight");
  }

  private static ServiceClient clientWithNewKey(String scope, String extraFields) {
    return service.api().withKey(createKey(scope, extraFields).path("key").stringValue());
  }

  private static JsonNode createKey(String scope, String extraFields) {
    return service
        .api()
        .post("/keys", "{\"name\": \"test\", \"scopes\": [\"%s\"]%s}".formatted(scope, extraFields))
        .expect(201);
  }
}
