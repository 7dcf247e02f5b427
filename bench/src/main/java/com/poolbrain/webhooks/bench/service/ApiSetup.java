package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Creates companies and endpoints through the API of the service under test.
public record ApiSetup(ServiceUnderTest service) {

  /// Attempts at the same time of an endpoint.
  private static final int ENDPOINT_CONCURRENCY = 64;

  /// Event types with the data that the bench publishes.
  private static final Map<String, String> DATA_BY_TYPE =
      Map.of(
          "customer.created", "{\"customerId\":1001,\"displayName\":\"{{ID}}\"}",
          "customer.status.updated",
              "{\"customerId\":1001,\"displayName\":\"{{ID}}\",\"currentStatus\":\"active\"}",
          "job.one_time.created", "{\"jobNumber\":\"{{ID}}\"}",
          "job.one_time.deleted", "{\"jobNumber\":\"{{ID}}\",\"jobTitle\":\"Repair\"}",
          "technician.route.changed",
              "{\"technicianFirstName\":\"John\",\"technicianLastName\":\"Doe\",\"routeName\":\"{{ID}}\"}");

  /// The event types that [#newTarget] knows, sorted.
  public static final List<String> EVENT_TYPES = DATA_BY_TYPE.keySet().stream().sorted().toList();

  /// Creates a company with webhooks enabled.
  public void createCompany(long id) {
    String path = "/companies/" + id;
    var _ =
        requireSuccess(path, service.client().put(path, "{\"name\":\"Bench %d\"}".formatted(id)));
    var _ = requireSuccess(path, service.client().patch(path, "{\"webhooks_enabled\":true}"));
  }

  /// Creates an endpoint that is subscribed to one event type, and returns its id.
  public String createEndpoint(long company, String type, String url) {
    String path = "/companies/" + company + "/endpoints";
    String body =
        "{\"url\":\"%s\",\"events\":[\"%s\"],\"max_concurrency\":%d}"
            .formatted(url, type, ENDPOINT_CONCURRENCY);
    return requireSuccess(path, service.client().post(path, body)).path("id").stringValue();
  }

  /// Creates a key that may publish for one company only, and returns it.
  public String createPublishKey(long company) {
    return createKey(
        "{\"name\":\"Bench %1$d\",\"scopes\":[\"publish\"],\"company_id\":%1$d}"
            .formatted(company));
  }

  /// Creates another key of an operator, and returns it.
  public String createOperatorKey() {
    return createKey("{\"name\":\"Bench\",\"scopes\":[\"operator\"]}");
  }

  private String createKey(String body) {
    return requireSuccess("/keys", service.client().post("/keys", body)).path("key").stringValue();
  }

  /// The body of a response with a status of 2xx.
  ///
  /// @throws CommandException for any other
  public static JsonNode requireSuccess(String path, ApiResponse response) {
    if (response.status() / 100 != 2) {
      throw CommandException.of(
          "The service answered %s with %d: %s"
              .formatted(path, response.status(), response.body()));
    }
    return response.json();
  }

  /// A target that publishes a body with another key than that of the operator.
  public PublishTarget newTarget(String key, String body) {
    return new PublishTarget(service.publishUrl(), Map.of("Authorization", "Bearer " + key), body);
  }

  /// A target that publishes events of one type for a company.
  public PublishTarget newTarget(long company, String type) {
    return newTarget(company, type, Objects.requireNonNull(DATA_BY_TYPE.get(type), type));
  }

  /// A target that publishes events with this data, one object or an array.
  public PublishTarget newTarget(long company, String type, String data) {
    return new PublishTarget(
        service.publishUrl(),
        service.authHeaders(),
        "{\"company_id\":%d,\"event\":\"%s\",\"timestamp\":\"{{TS}}\",\"data\":%s}"
            .formatted(company, type, data));
  }
}
