package com.poolbrain.webhooks.bench.service;

import com.poolbrain.webhooks.bench.load.PublishTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Companies and endpoints, made by the API of our service.
///
/// @param service where
public record ApiSetup(ServiceUnderTest service) {

  private static final Pattern ID_FIELD = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  /// Attempts at a time that an endpoint of the bench takes.
  public static final int ENDPOINT_CONCURRENCY = 64;

  /// Types of events with the data that the bench publishes of them.
  private static final Map<String, String> DATA_BY_TYPE =
      Map.of(
          "customer.created", "{\"customerId\":1001,\"displayName\":\"{{ID}}\"}",
          "customer.status.updated",
              "{\"customerId\":1001,\"displayName\":\"{{ID}}\",\"currentStatus\":\"active\"}",
          "job.one_time.created", "{\"jobNumber\":\"{{ID}}\"}",
          "job.one_time.deleted", "{\"jobNumber\":\"{{ID}}\",\"jobTitle\":\"Repair\"}",
          "technician.route.changed",
              "{\"technicianFirstName\":\"John\",\"technicianLastName\":\"Doe\",\"routeName\":\"{{ID}}\"}");

  /// Types of events that a company's endpoints may share out among them.
  public static final List<String> EVENT_TYPES = DATA_BY_TYPE.keySet().stream().sorted().toList();

  /// Makes a company with webhooks on.
  public void createCompany(long id) throws IOException, InterruptedException {
    service.call("PUT", "/api/v1/companies/" + id, "{\"name\":\"Bench " + id + "\"}");
    service.call("PATCH", "/api/v1/companies/" + id, "{\"webhooks_enabled\":true}");
  }

  /// Makes an endpoint for events of one type.
  ///
  /// @return its id
  public String createEndpoint(long company, String type, String url)
      throws IOException, InterruptedException {
    String body =
        "{\"url\":\"%s\",\"events\":[\"%s\"],\"max_concurrency\":%d}"
            .formatted(url, type, ENDPOINT_CONCURRENCY);
    Matcher id =
        ID_FIELD.matcher(service.call("POST", "/api/v1/companies/" + company + "/endpoints", body));
    if (!id.find()) {
      throw new IOException("The answer to a new endpoint has no id.");
    }
    return id.group(1);
  }

  /// Pauses an endpoint, or lets it go on.
  public void setPaused(long company, String endpoint, boolean paused)
      throws IOException, InterruptedException {
    service.call(
        "PATCH",
        "/api/v1/companies/" + company + "/endpoints/" + endpoint,
        "{\"paused\":" + paused + "}");
  }

  /// What publishes events of that type to that company.
  public PublishTarget newTarget(long company, String type) {
    return new PublishTarget(
        service.url("/api/v1/events"),
        service.authHeaders(),
        "{\"company_id\":%d,\"event\":\"%s\",\"timestamp\":\"{{TS}}\",\"data\":%s}"
            .formatted(company, type, DATA_BY_TYPE.get(type)));
  }
}
