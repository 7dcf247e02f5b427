package com.poolbrain.webhooks.testkit.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who sets up companies, and looks afterwards whether anything was left undone.
public final class AdminClient implements AutoCloseable {

  private static final List<String> UNDELIVERED_STATUSES =
      List.of("pending", "delivering", "retrying", "permanently_failed", "skipped");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI serviceUrl;
  private final String apiKey;

  public AdminClient(URI serviceUrl, String apiKey) {
    this.serviceUrl = serviceUrl;
    this.apiKey = apiKey;
  }

  /// Makes a company that uses webhooks, with an endpoint there.
  public AuditedEndpoint createEndpoint(long companyId, String url)
      throws IOException, InterruptedException {
    String path = "/companies/" + companyId;
    call("PUT", path, "{\"name\":\"Company %d\"}".formatted(companyId));
    call("PATCH", path, "{\"webhooks_enabled\":true}");
    String endpointJson = "{\"url\":\"%s\",\"events\":[\"customer.created\"]}".formatted(url);
    JsonNode created = call("POST", path + "/endpoints", endpointJson);
    return new AuditedEndpoint(companyId, created.path("secret").stringValue());
  }

  /// How many deliveries of a company are not delivered; 1 stands for any number.
  public int countUndelivered(long companyId) throws IOException, InterruptedException {
    int found = 0;
    for (String status : UNDELIVERED_STATUSES) {
      String listPath = "/companies/%d/deliveries?limit=1&status=%s".formatted(companyId, status);
      found += call("GET", listPath, "").path("data").size();
    }
    return found;
  }

  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(serviceUrl + "/api/v1" + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + " answered " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
