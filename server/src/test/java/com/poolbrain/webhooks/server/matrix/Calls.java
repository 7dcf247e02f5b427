package com.poolbrain.webhooks.server.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.server.matrix.ApiDocument.Operation;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Valid calls of every operation: path variables by their names, and the example of the document
/// as body.
final class Calls {

  private static final String API = "/api/v1";

  /// Operations that need a rolled secret, with the requests that come before.
  private static final Map<String, List<String>> PREPARATIONS =
      Map.of(
          "cancelSecretRoll", List.of("roll"),
          "activateSecret", List.of("roll"),
          "revokePreviousSecret", List.of("roll", "activate"));

  private final ServiceClient operator;

  Calls(ServiceClient operator) {
    this.operator = operator;
  }

  /// Brings a company into the state in which the operation succeeds.
  void prepare(Operation operation, PopulatedCompany company) {
    for (String step : PREPARATIONS.getOrDefault(operation.id(), List.of())) {
      operator.post(company.endpointPath() + "/secret/" + step, "").expect(200);
    }
  }

  /// The ids in the path of a call that concerns a company, by the names of the variables.
  Map<String, String> ids(Operation operation, PopulatedCompany company) {
    return operation.pathVariables().stream()
        .collect(
            Collectors.toMap(
                variable -> variable,
                variable ->
                    company.has(variable)
                        ? company.id(variable)
                        : idOfService(operation, variable)));
  }

  private String idOfService(Operation operation, String variable) {
    return switch (variable) {
      case "event" -> "customer.created";
      case "page" -> "consumer-guide";
      case "folder" -> "benchmarks";
      case "file" -> "latency.svg";
      case "name" -> operation.id().equals("putEventType") ? "pool.heated" : "customer.created";
      case "key_id" ->
          operator
              .post("/keys", "{\"name\": \"k\", \"scopes\": [\"read\"]}")
              .expect(201)
              .path("id")
              .asString();
      case "job_id" -> endedJob();
      default ->
          throw new IllegalStateException("The matrix knows no value for {" + variable + "}");
    };
  }

  /// A job of the whole service that has ended. There is none of a company yet.
  private String endedJob() {
    String id = operator.post("/master-key/rotate", "").expect(202).path("job_id").asString();
    Await.until(
        "the job is done",
        () -> operator.get("/jobs/" + id).expect(200).path("status").asString(),
        status -> status.equals("done"));
    return id;
  }

  /// The parameters without which an operation is refused.
  Map<String, String> requiredQuery(Operation operation) {
    return operation.id().equals("lookUp")
        ? Map.of("endpoint_url", "https://nobody.example/", "at", "2999-01-01T00:00:00Z")
        : Map.of();
  }

  /// Sends a call.
  ///
  /// @param query parameters by name
  ApiResponse send(
      ServiceClient client,
      Operation operation,
      Map<String, String> ids,
      Map<String, String> query,
      PopulatedCompany company) {
    String path = operation.path();
    for (var id : ids.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    path +=
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
            .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    return path.startsWith(API)
        ? client.call(operation.method(), path.substring(API.length()), body(operation, company))
        : client.getFromRoot(path);
  }

  private static String body(Operation operation, PopulatedCompany company) {
    if (operation.id().equals("publish")) {
      return company.publication();
    }
    if (operation.id().equals("recoverDeliveries") || operation.id().equals("replayMissing")) {
      return "{\"since\": \"%s\"}".formatted(Instant.now().minus(Duration.ofHours(1)));
    }
    JsonNode described = operation.described().path("requestBody");
    JsonNode example = described.at("/content/application~1json/example");
    if (example.isMissingNode() && !described.isMissingNode()) {
      throw new IllegalStateException(
          "The matrix knows no body for " + operation.id() + "; give it an example.");
    }
    return example.isMissingNode() ? "" : example.toString();
  }
}
