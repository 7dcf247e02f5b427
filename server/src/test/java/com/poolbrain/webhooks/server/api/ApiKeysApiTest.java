package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// API keys over HTTP.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class ApiKeysApiTest {

  private static final URI URL = URI.create("https://consumer.example/hooks");

  private final ServiceClient api;

  ApiKeysApiTest(ServiceClient api) {
    this.api = api;
  }

  @Test
  void key_is_limited_to_its_scopes_and_its_company() {
    TestCompany ownCompany = TestCompany.create(api);
    TestCompany otherCompany = TestCompany.create(api);
    String foreignEndpoint = otherCompany.subscribe(URL, "job.created").path();
    ApiResponse created =
        api.post(
            "/keys",
            "{\"name\": \"office\", \"scopes\": [\"manage\"], \"company_id\": %d}"
                .formatted(ownCompany.id()));
    assertThat(created.status()).isEqualTo(201);
    String key = created.json().path("key").asString();
    assertThat(key).startsWith("pbk_");

    assertThat(api.withKey(key).call("GET", ownCompany.path(), "").status()).isEqualTo(200);
    assertThat(api.withKey(key).call("GET", "/companies", "").json().path("data")).hasSize(1);
    assertThat(api.withKey(key).call("GET", otherCompany.path(), "").status()).isEqualTo(404);
    assertThat(api.withKey(key).call("GET", foreignEndpoint, "").status()).isEqualTo(404);
    String foreignEndpointUnderOwnCompany =
        ownCompany.path() + foreignEndpoint.substring(otherCompany.path().length());
    assertThat(api.withKey(key).call("GET", foreignEndpointUnderOwnCompany, "").status())
        .isEqualTo(404);
    assertThat(
            api.withKey(key).call("GET", foreignEndpointUnderOwnCompany + "/secret", "").status())
        .isEqualTo(404);
    assertThat(api.withKey(key).call("DELETE", foreignEndpointUnderOwnCompany, "").status())
        .isEqualTo(404);
    assertThat(api.withKey(key).call("GET", "/keys", "").status()).isEqualTo(403);

    String reader =
        api.post("/keys", "{\"name\": \"r\", \"scopes\": [\"read\"]}")
            .json()
            .path("key")
            .asString();
    assertThat(api.withKey(reader).call("GET", foreignEndpoint, "").status()).isEqualTo(200);
    assertThat(api.withKey(reader).call("GET", foreignEndpoint + "/secret", "").status())
        .isEqualTo(403);
    assertThat(api.withKey(reader).call("DELETE", foreignEndpoint, "").status()).isEqualTo(403);
  }

  @Test
  void revoked_key_is_rejected_and_not_listed() {
    ApiResponse created =
        api.post("/keys", "{\"name\": \"gone\", \"scopes\": [\"read\", \"publish\"]}");
    String key = created.json().path("key").asString();
    String id = created.json().path("id").asString();
    assertThat(api.withKey(key).call("GET", "/companies", "").status()).isEqualTo(200);
    assertThat(api.get("/keys?limit=200").json().path("data").findValuesAsString("id"))
        .contains(id);
    assertThat(api.get("/keys").json().toString()).doesNotContain("pbk_");

    assertThat(api.delete("/keys/" + id).status()).isEqualTo(204);

    await("the revoked key is rejected")
        .atMost(Duration.ofSeconds(20))
        .until(() -> api.withKey(key).get("/companies").status() == 401);
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
        "{'name': 'k', 'scopes': ['read'], 'company_id': 7000000000000001} | /company_id | no company",
        "{'name': 'k', 'scopes': ['read'], 'company_id': 0} | /company_id | whole number",
        "{'name': 'k', 'scopes': ['operator'], 'company_id': 1} | /company_id | all companies",
      })
  void invalid_key_request_is_rejected_by_field(String json, String pointer, String expectedText) {
    ApiResponse refused = api.post("/keys", json.replace('\'', '"'));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(refused.detail()).contains(expectedText);
  }

  @Test
  void key_with_an_end_shows_it_and_its_latest_use() {
    JsonNode created =
        api.post(
                "/keys",
                "{\"name\": \"guest\", \"scopes\": [\"read\"], \"expires_at\": \"2999-01-01T01:00:00+01:00\"}")
            .expect(201);
    api.withKey(created.path("key").stringValue()).get("/companies").expect(200);

    JsonNode listed =
        api.get("/keys?limit=200")
            .expect(200)
            .path("data")
            .valueStream()
            .filter(key -> key.path("id").equals(created.path("id")))
            .findFirst()
            .orElseThrow();
    assertThat(listed.path("expires_at").stringValue()).isEqualTo("2999-01-01T00:00:00.000000Z");
    assertThat(listed.path("last_used_at").stringValue()).endsWith(":00.000000Z");
    assertThat(created.has("last_used_at")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2020-01-01T00:00:00Z\"", "\"tomorrow\"", "1893456000"})
  void key_that_would_be_expired_is_refused(String expiresAt) {
    ApiResponse refused =
        api.post(
            "/keys",
            "{\"name\": \"k\", \"scopes\": [\"read\"], \"expires_at\": %s}".formatted(expiresAt));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo("/expires_at");
  }
}
