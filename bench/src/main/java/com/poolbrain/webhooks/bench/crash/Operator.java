package com.poolbrain.webhooks.bench.crash;

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
final class Operator implements AutoCloseable {

  private static final List<String> UNDONE =
      List.of("pending", "delivering", "retrying", "permanently_failed", "skipped");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI service;
  private final String key;

  Operator(URI service, String key) {
    this.service = service;
    this.key = key;
  }

  /// Makes a company that uses webhooks, with an endpoint there.
  Subscriber subscribe(long company, String url) throws IOException, InterruptedException {
    String path = "/companies/" + company;
    call("PUT", path, "{\"name\":\"Company %d\"}".formatted(company));
    call("PATCH", path, "{\"webhooks_enabled\":true}");
    String endpoint = "{\"url\":\"%s\",\"events\":[\"customer.created\"]}".formatted(url);
    JsonNode made = call("POST", path + "/endpoints", endpoint);
    return new Subscriber(company, made.path("secret").stringValue());
  }

  /// How many deliveries of a company are not delivered; 1 stands for any number.
  int undone(long company) throws IOException, InterruptedException {
    int found = 0;
    for (String status : UNDONE) {
      String list = "/companies/%d/deliveries?limit=1&status=%s".formatted(company, status);
      found += call("GET", list, "").path("data").size();
    }
    return found;
  }

  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service + "/api/v1" + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + " answered " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
