package com.poolbrain.webhooks.e2e.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.PythonEnvironment;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// [Schemathesis](https://schemathesis.readthedocs.io) generates valid and invalid requests from
/// the OpenAPI document and compares each response with it.
@Tag("needs-programs")
class GeneratedRequestsTest {

  /// Generated requests of each kind for an operation.
  private static final int EXAMPLES = Integer.getInteger("schemathesis.examples", 40);

  private static final String SEED = System.getProperty("schemathesis.seed", "20260213");
  private static final Path CONFIG = Path.of("target", "schemathesis.toml");

  /// The company of the examples in the document.
  private static final long COMPANY = 40;

  /// How many there are of a thing that requests may remove.
  private static final int SPARE = 20;

  /// Nothing is sent anywhere, whatever the generated endpoints are.
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          "WEBHOOKS_DENIED_NETWORKS", "0.0.0.0/0,::/0", "WEBHOOKS_RETRY_SCHEDULE", "1h");

  @BeforeAll
  static void writeConfig() throws Exception {
    ServiceClient api = SERVICE.api();
    TestCompany company = new TestCompany(api, COMPANY);
    api.put(company.path(), "{\"name\": \"Blue Pools\"}").expect(201);
    company.setWebhooksEnabled(true);
    List<String> endpoints = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < SPARE; i++) {
      endpoints.add(company.subscribe(URI.create("https://localhost:1/"), "job.created").id());
      JsonNode key = api.post("/keys", "{\"name\": \"k\", \"scopes\": [\"read\"]}").expect(201);
      keys.add(key.path("id").asString());
    }
    company.publish("job.created", "{\"jobNumber\": \"J-1\"}");
    List<JsonNode> deliveries =
        Await.until(
            "all deliveries failed once",
            () -> company.listDeliveries("status=retrying"),
            found -> found.size() == SPARE);
    JsonNode job = api.post("/master-key/rotate", "").expect(202);

    Files.writeString(
        CONFIG,
        settings()
            + dictionary("company_id", List.of(COMPANY))
            + dictionary("endpoint_id", endpoints)
            + dictionary("key_id", keys)
            + dictionary("job_id", List.of(job.path("job_id").asString()))
            + dictionary(
                "delivery_id",
                deliveries.stream().map(delivery -> delivery.path("id").asString()).toList()));
  }

  /// Valid data may be refused with 422: a schema can't say that a company exists, or a cursor
  /// belongs to a list. `DocumentedInputTest` compares what schemas can say.
  private static String settings() {
    return """
    seed = %s
    cache = {enabled = false}

    [headers]
    Authorization = "Bearer %s"

    [generation]
    max-examples = %d
    database = "none"

    [checks.positive_data_acceptance]
    expected-statuses = ["2xx", 401, 403, 404, 409, 412, 422, 503]

    [[operations]]
    include-operation-id = "deleteEndpoint"

    [operations.parameters."path.endpoint_id"]
    dictionary = "endpoint_id"
    probability = 0.1
    """
        .formatted(SEED, ServiceEnvironment.ADMIN_KEY, EXAMPLES);
  }

  /// Values of a path variable that exist.
  private static String dictionary(String variable, List<?> values) {
    return """

    [dictionaries.%1$s]
    values = %2$s

    [parameters."path.%1$s"]
    dictionary = "%1$s"
    probability = 0.8
    """
        .formatted(variable, JsonMapper.shared().writeValueAsString(values));
  }

  @Test
  void every_generated_request_gets_a_documented_response_and_none_an_error_500() throws Exception {
    Process schemathesis =
        PythonEnvironment.prepare()
            .start(
                "schemathesis",
                "--config-file=" + CONFIG,
                "run",
                "--no-color",
                SERVICE.url() + "/openapi.json");
    String report = new String(schemathesis.getInputStream().readAllBytes(), UTF_8);

    assertThat(schemathesis.waitFor()).as(report).isZero();
    System.out.println(report.substring(report.indexOf("Test Phases:")));
  }
}
