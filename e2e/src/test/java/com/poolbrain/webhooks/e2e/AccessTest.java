package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Api;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Keys, what they are good for, and whose data they reach.
class AccessTest {

  private static final String CUSTOMER = "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}";

  @AutoClose private static House house;

  @BeforeAll
  static void open() {
    house = House.open();
  }

  @Test
  void withoutAKeyOrWithAWrongOneNothingIsDone() {
    Company company = house.newCompany();
    for (String key : List.of("", "pbk_wrong-but-long-enough", "x".repeat(300))) {
      Api stranger = house.api().as(key);

      for (Answer answer :
          List.of(
              stranger.publish(company.event("customer.created", CUSTOMER)),
              stranger.get(company.path()),
              stranger.patch(company.path(), "{\"webhooks_enabled\": false}"))) {
        assertThat(answer.expect(401).path("detail").asString()).isNotBlank();
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      }
    }
    assertThat(house.api().get(company.path()).expect(200).path("webhooks_enabled").asBoolean())
        .isTrue();
  }

  @Test
  void aKeyIsGoodForItsScopesOnly() {
    Company company = house.newCompany();
    Api publisher = key("publish", "");
    Api reader = key("read", "");

    publisher.publish(company.event("customer.created", CUSTOMER)).expect(202);
    reader.get(company.path() + "/deliveries").expect(200);

    assertThat(publisher.get(company.path() + "/deliveries").status()).isEqualTo(403);
    assertThat(reader.publish(company.event("customer.created", CUSTOMER)).status()).isEqualTo(403);
    assertThat(reader.patch(company.path(), "{\"webhooks_enabled\": false}").status())
        .isEqualTo(403);
    assertThat(key("manage", "").get("/keys").status()).isEqualTo(403);
  }

  @Test
  void anotherCompanyIsNotThereForAKeyOfOneCompany() {
    try (Consumer failing = Consumer.thatAnswers(500)) {
      Company own = house.newCompany();
      Company foreign = house.newCompany();
      Endpoint endpoint = foreign.subscribe(failing.url(), "customer.created");
      foreign.customerCreated(1);
      String delivery = endpoint.onlyDelivery("permanently_failed").path("id").stringValue();
      Api manager = key("manage", ", \"company_id\": " + own.id());

      manager.get(own.path()).expect(200);

      for (String path :
          List.of(
              foreign.path(),
              foreign.path() + "/endpoints",
              foreign.path() + "/deliveries/" + delivery,
              endpoint.path() + "/secret",
              own.path() + "/deliveries/" + delivery,
              own.path() + "/endpoints/" + endpoint.id())) {
        assertThat(manager.get(path).status()).as(path).isEqualTo(404);
      }
      assertThat(manager.delete(endpoint.path()).status()).isEqualTo(404);
      assertThat(manager.post(own.path() + "/deliveries/" + delivery + "/redeliver", "").status())
          .isEqualTo(404);
    }
  }

  @Test
  void aForeignCompanyInABodyIsUnknown() {
    Company own = house.newCompany();
    Company foreign = house.newCompany();
    Api publisher = key("publish", ", \"company_id\": " + own.id());

    publisher.publish(own.event("customer.created", CUSTOMER)).expect(202);
    Answer answer = publisher.publish(foreign.event("customer.created", CUSTOMER));

    assertThat(answer.expect(422).path("errors").path(0).path("pointer").stringValue())
        .isEqualTo("/company_id");
  }

  @Test
  void aKeyThatWasRevokedIsGoodForNothing() {
    JsonNode made = create("read", "");
    Api reader = house.api().as(made.path("key").stringValue());
    reader.get("/companies").expect(200);

    house.api().delete("/keys/" + made.path("id").stringValue()).expectNoContent();

    Patience.until(
        "the key is refused", () -> reader.get("/companies").status(), status -> status == 401);
    assertThat(house.api().get("/keys").body()).doesNotContain(made.path("key").stringValue());
  }

  @Test
  void whatIsNotThereIsA404WithAProblem() {
    Company company = house.newCompany();
    for (String path :
        List.of(
            "/nothing",
            "/companies/987654321",
            company.path() + "/endpoints/" + new UUID(0, 1),
            company.path() + "/endpoints/no-id",
            company.path() + "/deliveries/" + new UUID(0, 1))) {
      Answer answer = house.api().get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void machinesMayLookAtHealthMetricsAndVersionWithoutAKey() {
    Api nobody = house.api().as("");

    nobody.outside("/health/live").expect(200);
    Patience.until(
        "it is ready", () -> nobody.outside("/health/ready").status(), status -> status == 200);
    nobody.outside("/version").expect(200);
    assertThat(nobody.outside("/metrics").body())
        .contains("webhooks_backlog", "webhooks_in_flight");
  }

  private static Api key(String scope, String more) {
    return house.api().as(create(scope, more).path("key").stringValue());
  }

  private static JsonNode create(String scope, String more) {
    return house
        .api()
        .post("/keys", "{\"name\": \"test\", \"scopes\": [\"%s\"]%s}".formatted(scope, more))
        .expect(201);
  }
}
