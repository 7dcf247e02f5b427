package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.api.manage.CursorPaging;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Companies over HTTP, and what is common to all lists.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class CompaniesApiTest {

  private static final URI URL = URI.create("https://consumer.example/hooks");

  private final ServiceClient api;

  CompaniesApiTest(ServiceClient api) {
    this.api = api;
  }

  @Test
  void new_company_has_webhooks_off_and_can_be_renamed_and_switched_on() {
    ApiResponse created = api.put("/companies/1", "{\"name\": \"Blue Pools\"}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().toString())
        .isEqualTo("{\"id\":1,\"name\":\"Blue Pools\",\"webhooks_enabled\":false}");

    assertThat(api.patch("/companies/1", "{\"webhooks_enabled\": true}").json().toString())
        .isEqualTo("{\"id\":1,\"name\":\"Blue Pools\",\"webhooks_enabled\":true}");
    ApiResponse renamed = api.put("/companies/1", "{\"name\": \"Bluer Pools\"}");
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.json().toString())
        .isEqualTo("{\"id\":1,\"name\":\"Bluer Pools\",\"webhooks_enabled\":true}");
  }

  @Test
  void company_shows_how_many_endpoints_and_open_deliveries_it_has_now() {
    TestCompany company = TestCompany.create(api);
    try (ClosedPort port = ClosedPort.reserve()) {
      TestEndpoint failing = company.subscribe(port.url("localhost"), "customer.created");
      TestEndpoint deleted = company.subscribe(port.url("localhost"), "job.created");
      api.delete(deleted.path()).expectNoContent();
      company.publishCustomerCreated(7);
      failing.awaitOnlyDelivery("retrying");

      assertThat(api.get(company.path()).expect(200).toString())
          .isEqualTo(
              "{\"id\":%d,\"name\":\"Blue Pools\",\"webhooks_enabled\":true,\"endpoints\":1,\"pending\":0,\"retrying\":1}"
                  .formatted(company.id()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "9007199254740992", "99999999999999999999", "-1", "x", "7000000000000001"})
  void unknown_or_invalid_company_is_404(String id) {
    assertThat(api.get("/companies/" + id).status()).isEqualTo(404);
    assertThat(api.get("/companies/" + id + "/endpoints").status()).isEqualTo(404);
    assertThat(api.get("/companies/" + id + "/deliveries").status()).isEqualTo(404);
    assertThat(api.patch("/companies/" + id, "{\"webhooks_enabled\": true}").status())
        .isEqualTo(404);
    assertThat(
            api.post(
                    "/companies/" + id + "/endpoints",
                    "{\"url\": \"%s\", \"events\": [\"job.created\"]}".formatted(URL))
                .status())
        .isEqualTo(404);
  }

  @Test
  void invalid_company_is_rejected_by_field() {
    assertThat(api.put("/companies/2", "{}").pointer()).isEqualTo("/name");
    assertThat(api.put("/companies/2", "{\"name\": \" \"}").pointer()).isEqualTo("/name");
    ApiResponse unknown = api.put("/companies/2", "{\"name\": \"x\", \"nam\": 1}");
    assertThat(unknown.pointer()).isEqualTo("/nam");
    assertThat(unknown.detail()).contains("Did you mean 'name'?");
    assertThat(api.patch("/companies/2", "{\"webhooks_enabled\": \"yes\"}").pointer())
        .isEqualTo("/webhooks_enabled");
    assertThat(api.put("/companies/2", "{\"name\": \"a\", \"name\": \"b\"}").status())
        .isEqualTo(400);
    assertThat(api.get("/companies/2").status()).isEqualTo(404);
  }

  @Test
  void list_continues_at_its_cursor() {
    for (int id = 100; id < 105; id++) {
      api.put("/companies/" + id, "{\"name\": \"c\"}");
    }
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/companies?limit=2" + cursor).json();
      page.path("data").forEach(company -> seen.add(company.path("id").asLong()));
      assertThat(page.has("next_cursor")).isTrue();
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asString();
    } while (!cursor.isEmpty());

    assertThat(seen).isSorted().doesNotHaveDuplicates().contains(100L, 101L, 102L, 103L, 104L);
  }

  @Test
  void foreign_cursor_and_invalid_limit_are_rejected() {
    TestCompany company = TestCompany.create(api);
    company.subscribe(URL, "job.created");
    company.subscribe(URL, "job.created");
    api.put("/companies/4", "{\"name\": \"c\"}");
    String cursor = api.get("/companies?limit=1").json().path("next_cursor").asString();

    for (String path :
        List.of(
            company.path() + "/endpoints?cursor=" + cursor,
            "/companies?cursor=" + cursor.substring(1) + "A",
            "/companies?cursor=%21",
            "/keys?cursor=" + new CursorPaging<UUID>("keys", 1, null).cursorAfter("7"),
            company.path() + "/deliveries?cursor=" + cursor)) {
      ApiResponse refused = api.get(path);
      assertThat(refused.status()).as(path).isEqualTo(422);
      assertThat(refused.detail()).as(path).contains("cursor").contains("start without a cursor");
    }
    assertThat(api.get("/companies?limit=0").status()).isEqualTo(422);
    assertThat(api.get("/companies?limit=201").status()).isEqualTo(422);
    assertThat(api.get("/companies?limt=2").detail()).contains("Did you mean 'limit'?");
  }
}
