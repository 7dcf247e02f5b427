package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints over HTTP.
@ExtendWith(SharedApplicationExtension.class)
@Tag("slow")
class EndpointsApiTest {

  private static final URI URL = URI.create("https://consumer.example/hooks");
  private static final String STANDARD_SECRET = "whsec_" + "c2VjcmV0".repeat(4);

  private final ServiceClient api;

  EndpointsApiTest(ServiceClient api) {
    this.api = api;
  }

  @Test
  void created_endpoint_has_the_documented_fields_and_shows_its_secret_once() {
    TestCompany company = TestCompany.create(api);
    ApiResponse created =
        api.post(
            company.path() + "/endpoints",
            """
            {"url": "https://consumer.example/a?b=%20c", "events": ["JOB.deleted", "customer.created",
             "job.Deleted"], "description": "Büro", "timeout_seconds": 5, "max_concurrency": 3,
             "rate_per_second": 1.5, "standard_webhooks": true, "trace_context": true,
             "alert_emails": ["ops@blue.example", "OPS@blue.example", "boss@blue.example"]}
            """);

    JsonNode endpoint = created.json();
    assertThat(created.status()).isEqualTo(201);
    assertThat(endpoint.path("url").asString()).isEqualTo("https://consumer.example/a?b=%20c");
    assertThat(endpoint.path("events").toString())
        .isEqualTo("[\"job.Deleted\",\"customer.created\"]");
    assertThat(endpoint.path("status").asString()).isEqualTo("never_delivered");
    assertThat(endpoint.path("status_since")).isEqualTo(endpoint.path("created_at"));
    assertThat(endpoint.path("secret").asString()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(endpoint.path("created_at").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");

    String path = company.path() + "/endpoints/" + endpoint.path("id").asString();
    JsonNode shown = api.get(path).json();
    assertThat(shown.propertyNames())
        .containsExactly(
            "id",
            "company_id",
            "url",
            "events",
            "description",
            "paused",
            "status",
            "status_since",
            "created_at",
            "timeout_seconds",
            "max_concurrency",
            "rate_per_second",
            "standard_webhooks",
            "trace_context",
            "alert_emails",
            "version");
    assertThat(shown.path("trace_context").asBoolean()).isTrue();
    assertThat(shown.path("alert_emails").toString())
        .isEqualTo("[\"ops@blue.example\",\"boss@blue.example\"]");
    assertThat(api.get(company.path() + "/endpoints").json().at("/data/0")).isEqualTo(shown);
    assertThat(api.get(path + "/secret").json().toString())
        .isEqualTo("{\"secret\":" + endpoint.path("secret") + "}");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "url | 'http://consumer.example/' | localhost only",
        "url | 'ftp://consumer.example/' | begin with https://",
        "url | 'consumer.example/hooks' | begin with https://",
        "url | 'https://me:secret@consumer.example/' | user name",
        "url | 'https://me@/x' | user name",
        "url | 'https://consumer.example/#top' | fragment",
        "url | 'https:///hooks' | host",
        "url | 'https://-a..example/' | dot",
        "url | 'https://10.0.0.1/' | Nothing is ever sent to the address 10.0.0.1",
        "url | 'https://consumer.example:0/' | port",
        "url | 'https://consumer.example:65536/' | port",
        "url | 'https://consumer.example/ä' | percent-encode",
        "url | 'https://consumer.example/a b' | blank at character 27",
        "url | '' | begin with https://",
        "events | [] | at least one",
        "events/0 | ['customer.craeted'] | customer.created",
        "events/1 | ['job.created','webhook.ping'] | test button",
        "events/0 | [7] | text",
        "events | 'job.created' | array",
        "secret | 'too-short' | 16",
        "secret | 'long enough, but has spaces' | white space",
        "secret | '0123456789abcdef\\u200b' | invisible character (U+200B)",
        "standard_webhooks | true | whsec_",
        "trace_context | 'yes' | true or false",
        "alert_emails | 'ops@blue.example' | array",
        "alert_emails/1 | ['ops@blue.example','Ops <ops@blue.example>'] | without a name before it",
        "alert_emails/0 | ['ops@localhost'] | such as ops@example.com",
        "alert_emails | ['a@b.c','b@b.c','c@b.c','d@b.c','e@b.c','f@b.c'] | at most 5",
        "timeout_seconds | 31 | from 1 to 30",
        "timeout_seconds | 1.5 | whole number",
        "max_concurrency | 0 | from 1 to 256",
        "rate_per_second | 0 | from 0.001",
        "rate_per_second | 10001 | 10000",
        "rate_per_second | 1e400 | 10000",
        "max_concurrency | 99999999999999999999 | from 1 to 256",
        "description | '\\ud800' | surrogate",
        "description | 'a\\u0000b' | control character",
        "url | 'https://exa%6dple.com/' | host",
        "description | 7 | text",
        "paused | true | no such field",
        "colour | 'blue' | no such field",
      })
  void invalid_endpoint_is_rejected_by_field_with_advice(
      String pointer, String value, String expectedText) {
    TestCompany company = TestCompany.create(api);
    String field = pointer.split("/", -1)[0];
    String json = value.replace('\'', '"');
    String shortSecret =
        field.equals("standard_webhooks") ? ", \"secret\": \"0123456789abcdef\"" : "";
    String url = field.equals("url") ? "" : ", \"url\": \"" + URL + "\"";
    String events = field.equals("events") ? "" : ", \"events\": [\"job.created\"]";

    ApiResponse refused =
        api.post(
            company.path() + "/endpoints",
            "{\"%s\": %s%s%s%s}".formatted(field, json, shortSecret, url, events));

    assertThat(refused.status()).as("%s", refused).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo("/" + pointer);
    assertThat(refused.detail()).contains(expectedText);
    assertThat(api.get(company.path() + "/endpoints").json().path("data")).isEmpty();
  }

  @Test
  void overlong_text_is_rejected() {
    TestCompany company = TestCompany.create(api);
    String tail = "\", \"events\": [\"job.created\"]}";

    assertThat(
            api.post(
                    company.path() + "/endpoints",
                    "{\"url\": \"https://consumer.example/" + "a".repeat(2048) + tail)
                .detail())
        .contains("2048");
    assertThat(
            api.post(
                    company.path() + "/endpoints",
                    "{\"description\": \"" + "ä".repeat(501) + "\", \"url\": \"" + URL + tail)
                .pointer())
        .isEqualTo("/description");
    assertThat(
            api.post(
                    company.path() + "/endpoints",
                    "{\"secret\": \"" + "s".repeat(257) + "\", \"url\": \"" + URL + tail)
                .pointer())
        .isEqualTo("/secret");
  }

  @Test
  void all_invalid_fields_are_named_in_one_response() {
    ApiResponse refused =
        api.post(TestCompany.create(api).path() + "/endpoints", "{\"uri\": \"https://x.example\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/url", "/events", "/uri");
    assertThat(refused.json().path("errors").toString()).contains("Did you mean 'url'?");
  }

  @Test
  void plain_http_is_accepted_for_loopback_only() {
    TestCompany company = TestCompany.create(api);
    for (String host : List.of("127.0.0.1:80", "localhost", "[::1]:8080")) {
      company.subscribe(URI.create("http://" + host + "/x"), "job.created");
    }
    ApiResponse refused =
        api.post(
            company.path() + "/endpoints",
            "{\"url\": \"http://127.0.0.1.example/\", \"events\": [\"job.created\"]}");
    assertThat(refused.detail()).contains("localhost only");
  }

  @Test
  void host_with_an_underscore_is_accepted() {
    TestCompany company = TestCompany.create(api);
    URI url = URI.create("https://under_score.test/x");

    JsonNode endpoint = api.get(company.subscribe(url, "job.created").path()).expect(200);

    assertThat(endpoint.path("url").asString()).isEqualTo(url.toString());
  }

  @Test
  void patch_changes_only_the_given_fields() {
    TestCompany company = TestCompany.create(api);
    String path = company.subscribe(URL, "job.created").path();
    JsonNode before = api.get(path).json();

    ApiResponse paused =
        api.patch(path, "{\"paused\": true, \"timeout_seconds\": 3, \"description\": \"d\"}");
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.json().path("status").asString()).isEqualTo("paused");
    assertThat(paused.json().path("status_since").asString())
        .as("since it was paused")
        .isGreaterThan(before.path("created_at").asString());
    assertThat(paused.json().path("url")).isEqualTo(before.path("url"));
    assertThat(paused.json()).isEqualTo(api.get(path).json());

    ApiResponse restored =
        api.patch(path, "{\"paused\": false, \"timeout_seconds\": null, \"description\": null}");
    assertThat(withoutVersion(restored.json())).isEqualTo(withoutVersion(before));
    assertThat(restored.json().path("version").asLong())
        .isGreaterThan(paused.json().path("version").asLong());

    assertThat(api.patch(path, "{\"events\": []}").pointer()).isEqualTo("/events");
    assertThat(api.get(path).json()).isEqualTo(restored.json());
  }

  private static JsonNode withoutVersion(JsonNode endpoint) {
    ObjectNode copy = endpoint.deepCopy().asObject();
    copy.remove("version");
    return copy;
  }

  @Test
  void patch_with_the_present_version_succeeds_and_shows_the_next_one() {
    TestCompany company = TestCompany.create(api);
    String path = company.subscribe(URL, "job.created").path();
    String tag = api.get(path).header("ETag");

    ApiResponse changed = patchIfMatch(path, tag, "{\"alert_emails\": [\"ops@blue.example\"]}");

    assertThat(tag)
        .isEqualTo("\"%d\"".formatted(api.get(path).json().path("version").asLong() - 1));
    assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo(api.get(path).header("ETag"));
    assertThat(patchIfMatch(path, "*", "{\"alert_emails\": []}").status()).isEqualTo(200);
  }

  @Test
  void patch_with_a_stale_version_is_412_naming_the_changed_fields() {
    TestCompany company = TestCompany.create(api);
    String path = company.subscribe(URL, "job.created").path();
    String stale = api.get(path).header("ETag");
    api.patch(path, "{\"description\": \"d\", \"trace_context\": true}").expect(200);
    api.post(path + "/secret/roll", "").expect(200);
    JsonNode before = api.get(path).json();

    ApiResponse refused = patchIfMatch(path, stale, "{\"paused\": true}");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.json().path("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/description", "/trace_context", "/secret");
    assertThat(refused.detail()).contains("description").contains("Nothing was done");
    assertThat(api.get(path).json()).isEqualTo(before);
    assertThat(patchIfMatch(path, "\"1\"", "{\"paused\": true}").status()).isEqualTo(412);
    assertThat(patchIfMatch(path + "x", stale, "{\"paused\": true}").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "W/\"17\"", "\"17\", \"18\"", "\"1234567890123456789\"", "\"\""})
  void if_match_that_is_no_version_is_rejected(String tag) {
    String path = TestCompany.create(api).subscribe(URL, "job.created").path();

    ApiResponse refused = patchIfMatch(path, tag, "{\"paused\": true}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains("such as \"17\"");
  }

  private ApiResponse patchIfMatch(String path, String tag, String body) {
    return api.call("PATCH", path, body, "If-Match", tag);
  }

  @Test
  void standard_webhooks_requires_a_whsec_secret() {
    TestCompany company = TestCompany.create(api);
    String own =
        company
            .createEndpoint(
                "{\"url\": \"%s\", \"events\": [\"job.created\"], \"secret\": \"0123456789abcdef\"}"
                    .formatted(URL))
            .path();
    String standard =
        company
            .createEndpoint(
                "{\"url\": \"%s\", \"events\": [\"job.created\"], \"secret\": \"%s\"}"
                    .formatted(URL, STANDARD_SECRET))
            .path();

    ApiResponse refused = api.patch(own, "{\"standard_webhooks\": true}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointer()).isEqualTo("/standard_webhooks");
    assertThat(api.patch(standard, "{\"standard_webhooks\": true}").status()).isEqualTo(200);
    assertThat(api.get(standard + "/secret").json().path("secret").asString())
        .isEqualTo(STANDARD_SECRET);
  }

  @Test
  void deleted_endpoint_is_404() {
    TestCompany company = TestCompany.create(api);
    String path = company.subscribe(URL, "job.created").path();

    assertThat(api.delete(path).status()).isEqualTo(204);
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(api.get(path + "/secret").status()).isEqualTo(404);
    assertThat(api.patch(path, "{\"paused\": true}").status()).isEqualTo(404);
    assertThat(api.delete(path).status()).isEqualTo(404);
    assertThat(api.get(company.path() + "/endpoints").json().path("data")).isEmpty();
    assertThat(api.get(company.path() + "/endpoints/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get(company.path() + "/endpoints/none").status()).isEqualTo(404);
  }

  @Test
  void fifty_first_endpoint_of_a_company_is_a_conflict() {
    TestCompany company = TestCompany.create(api);
    for (int i = 0; i < 50; i++) {
      company.subscribe(URL, "job.created");
    }
    ApiResponse refused =
        api.post(
            company.path() + "/endpoints",
            "{\"url\": \"%s\", \"events\": [\"job.created\"]}".formatted(URL));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail()).contains("50").contains("delete one");
    assertThat(api.get(company.path() + "/endpoints?limit=200").json().path("data")).hasSize(50);
  }
}
