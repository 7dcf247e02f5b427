package com.poolbrain.webhooks.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.manage.Api.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Companies over HTTP, and what is common to all lists.
@TestInstance(Lifecycle.PER_CLASS)
class CompaniesApiTest {

  private static final String URL = "https://consumer.example/hooks";

  private Api api;

  @BeforeAll
  void start(@TempDir Path folder) {
    api = new Api(folder);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void aCompanyIsCreatedSwitchedOffRenamedAndSwitchedOn() {
    Answer created = api.put("/companies/1", "{\"name\": \"Blue Pools\"}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().toString())
        .isEqualTo("{\"id\":1,\"name\":\"Blue Pools\",\"webhooks_enabled\":false}");

    assertThat(api.patch("/companies/1", "{\"webhooks_enabled\": true}").body())
        .isEqualTo(api.get("/companies/1").body());
    Answer renamed = api.put("/companies/1", "{\"name\": \"Bluer Pools\"}");
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.body().toString())
        .isEqualTo("{\"id\":1,\"name\":\"Bluer Pools\",\"webhooks_enabled\":true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "9007199254740992", "99999999999999999999", "-1", "x", "4999"})
  void whatIsNoCompanyIsNotFound(String id) {
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
  void badCompaniesAreRefusedWithTheField() {
    assertThat(api.put("/companies/2", "{}").pointer()).isEqualTo("/name");
    assertThat(api.put("/companies/2", "{\"name\": \" \"}").pointer()).isEqualTo("/name");
    Answer unknown = api.put("/companies/2", "{\"name\": \"x\", \"nam\": 1}");
    assertThat(unknown.pointer()).isEqualTo("/nam");
    assertThat(unknown.detail()).contains("Did you mean 'name'?");
    assertThat(api.patch("/companies/2", "{\"webhooks_enabled\": \"yes\"}").pointer())
        .isEqualTo("/webhooks_enabled");
    assertThat(api.put("/companies/2", "{\"name\": \"a\", \"name\": \"b\"}").status())
        .isEqualTo(400);
    assertThat(api.get("/companies/2").status()).isEqualTo(404);
  }

  @Test
  void listsGoOnWhereTheirCursorSays() {
    for (int id = 100; id < 105; id++) {
      api.put("/companies/" + id, "{\"name\": \"c\"}");
    }
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/companies?limit=2" + cursor).body();
      page.path("data").forEach(company -> seen.add(company.path("id").asLong()));
      assertThat(page.has("next_cursor")).isTrue();
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asString();
    } while (!cursor.isEmpty());

    assertThat(seen).isSorted().doesNotHaveDuplicates().contains(100L, 101L, 102L, 103L, 104L);
  }

  @Test
  void aCursorFromElsewhereAndAnImpossibleLimitAreRefused() {
    String company = api.company(3);
    api.endpoint(company, URL, "job.created");
    api.endpoint(company, URL, "job.created");
    api.put("/companies/4", "{\"name\": \"c\"}");
    String cursor = api.get("/companies?limit=1").body().path("next_cursor").asString();

    for (String path :
        List.of(
            company + "/endpoints?cursor=" + cursor,
            "/companies?cursor=" + cursor.substring(1) + "A",
            "/companies?cursor=%21",
            "/keys?cursor=" + new Paging<UUID>("keys", 1, null).cursor("7"),
            company + "/deliveries?cursor=" + cursor)) {
      Answer refused = api.get(path);
      assertThat(refused.status()).as(path).isEqualTo(422);
      assertThat(refused.detail()).as(path).contains("cursor").contains("begin again");
    }
    assertThat(api.get("/companies?limit=0").status()).isEqualTo(422);
    assertThat(api.get("/companies?limit=201").status()).isEqualTo(422);
    assertThat(api.get("/companies?limt=2").detail()).contains("Did you mean 'limit'?");
  }
}
