package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// API keys over HTTP.
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class ApiKeysApiTest {

  private static final String URL = "https://consumer.example/hooks";

  private TestApi api;

  @BeforeAll
  void start(@TempDir Path folder) {
    api = new TestApi(folder);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void key_is_limited_to_its_scopes_and_its_company() {
    String ownCompany = api.createCompany(14);
    String otherCompany = api.createCompany(15);
    String foreignEndpoint =
        otherCompany + "/endpoints/" + api.createEndpoint(otherCompany, URL, "job.created");
    ApiResponse created =
        api.post("/keys", "{\"name\": \"office\", \"scopes\": [\"manage\"], \"company_id\": 14}");
    assertThat(created.status()).isEqualTo(201);
    String key = created.json().path("key").asString();
    assertThat(key).startsWith("pbk_");

    assertThat(api.call(key, "GET", ownCompany, "").status()).isEqualTo(200);
    assertThat(api.call(key, "GET", "/companies", "").json().path("data")).hasSize(1);
    assertThat(api.call(key, "GET", otherCompany, "").status()).isEqualTo(404);
    assertThat(api.call(key, "GET", foreignEndpoint, "").status()).isEqualTo(404);
    String foreignEndpointUnderOwnCompany =
        ownCompany + foreignEndpoint.substring(otherCompany.length());
    assertThat(api.call(key, "GET", foreignEndpointUnderOwnCompany, "").status()).isEqualTo(404);
    assertThat(api.call(key, "GET", foreignEndpointUnderOwnCompany + "/secret", "").status())
        .isEqualTo(404);
    assertThat(api.call(key, "DELETE", foreignEndpointUnderOwnCompany, "").status()).isEqualTo(404);
    assertThat(api.call(key, "GET", "/keys", "").status()).isEqualTo(403);

    String reader =
        api.post("/keys", "{\"name\": \"r\", \"scopes\": [\"read\"]}")
            .json()
            .path("key")
            .asString();
    assertThat(api.call(reader, "GET", foreignEndpoint, "").status()).isEqualTo(200);
    assertThat(api.call(reader, "GET", foreignEndpoint + "/secret", "").status()).isEqualTo(403);
    assertThat(api.call(reader, "DELETE", foreignEndpoint, "").status()).isEqualTo(403);
  }

  @Test
  void revoked_key_is_rejected_and_not_listed() {
    ApiResponse created =
        api.post("/keys", "{\"name\": \"gone\", \"scopes\": [\"read\", \"publish\"]}");
    String key = created.json().path("key").asString();
    String id = created.json().path("id").asString();
    assertThat(api.call(key, "GET", "/companies", "").status()).isEqualTo(200);
    assertThat(api.get("/keys?limit=200").json().path("data").findValuesAsString("id"))
        .contains(id);
    assertThat(api.get("/keys").json().toString()).doesNotContain("pbk_");

    assertThat(api.delete("/keys/" + id).status()).isEqualTo(204);

    await("the deleted key is rejected")
        .atMost(Duration.ofSeconds(20))
        .until(() -> api.call(key, "GET", "/companies", "").status() == 401);
    assertThat(api.delete("/keys/" + id).status()).isEqualTo(404);
    assertThat(api.get("/keys?limit=200").json().path("data").findValuesAsString("id"))
        .doesNotContain(id);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'scopes': ['read']} | /name | missing",
        "{'name': 'k'} | /scopes | missing",
        "{'name': 'k', 'scopes': []} | /scopes | at least one",
        "{'name': 'k', 'scopes': [7]} | /scopes/0 | text",
        "{'name': 'k', 'scopes': ['reed']} | /scopes/0 | Did you mean 'read'?",
        "{'name': 'k', 'scopes': ['read'], 'company_id': 4998} | /company_id | no company",
        "{'name': 'k', 'scopes': ['read'], 'company_id': 0} | /company_id | whole number",
        "{'name': 'k', 'scopes': ['operator'], 'company_id': 1} | /company_id | all companies",
      })
  void invalid_key_request_is_rejected_by_field(String json, String pointer, String expectedText) {
    ApiResponse refused = api.post("/keys", json.replace('\'', '"'));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(refused.detail()).contains(expectedText);
  }
}
