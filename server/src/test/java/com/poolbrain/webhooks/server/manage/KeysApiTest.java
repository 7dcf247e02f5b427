package com.poolbrain.webhooks.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.manage.Api.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// API keys over HTTP.
@TestInstance(Lifecycle.PER_CLASS)
class KeysApiTest {

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
  void aKeyDoesWhatItsScopesSayForItsCompanyOnly() {
    String mine = api.company(14);
    String other = api.company(15);
    String foreign = other + "/endpoints/" + api.endpoint(other, URL, "job.created");
    Answer created =
        api.post("/keys", "{\"name\": \"office\", \"scopes\": [\"manage\"], \"company_id\": 14}");
    assertThat(created.status()).isEqualTo(201);
    String key = created.body().path("key").asString();
    assertThat(key).startsWith("pbk_");

    assertThat(api.call(key, "GET", mine, null).status()).isEqualTo(200);
    assertThat(api.call(key, "GET", "/companies", null).body().path("data")).hasSize(1);
    assertThat(api.call(key, "GET", other, null).status()).isEqualTo(404);
    assertThat(api.call(key, "GET", foreign, null).status()).isEqualTo(404);
    String swapped = mine + foreign.substring(other.length());
    assertThat(api.call(key, "GET", swapped, null).status()).isEqualTo(404);
    assertThat(api.call(key, "GET", swapped + "/secret", null).status()).isEqualTo(404);
    assertThat(api.call(key, "DELETE", swapped, null).status()).isEqualTo(404);
    assertThat(api.call(key, "GET", "/keys", null).status()).isEqualTo(403);

    String reader =
        api.post("/keys", "{\"name\": \"r\", \"scopes\": [\"read\"]}")
            .body()
            .path("key")
            .asString();
    assertThat(api.call(reader, "GET", foreign, null).status()).isEqualTo(200);
    assertThat(api.call(reader, "GET", foreign + "/secret", null).status()).isEqualTo(403);
    assertThat(api.call(reader, "DELETE", foreign, null).status()).isEqualTo(403);
  }

  @Test
  void aRevokedKeyStopsAndIsNotListed() {
    Answer created = api.post("/keys", "{\"name\": \"gone\", \"scopes\": [\"read\", \"publish\"]}");
    String key = created.body().path("key").asString();
    String id = created.body().path("id").asString();
    assertThat(api.call(key, "GET", "/companies", null).status()).isEqualTo(200);
    assertThat(api.get("/keys?limit=200").body().path("data").findValuesAsString("id"))
        .contains(id);
    assertThat(api.get("/keys").body().toString()).doesNotContain("pbk_");

    assertThat(api.delete("/keys/" + id).status()).isEqualTo(204);

    long end = System.nanoTime() + 20_000_000_000L;
    while (api.call(key, "GET", "/companies", null).status() != 401) {
      assertThat(System.nanoTime()).as("the key still works").isLessThan(end);
    }
    assertThat(api.delete("/keys/" + id).status()).isEqualTo(404);
    assertThat(api.get("/keys?limit=200").body().path("data").findValuesAsString("id"))
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
  void badKeysAreRefusedWithTheField(String json, String pointer, String words) {
    Answer refused = api.post("/keys", json.replace('\'', '"'));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo(pointer);
    assertThat(refused.detail()).contains(words);
  }
}
