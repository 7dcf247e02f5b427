package com.poolbrain.webhooks.cli.api;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Creation of a company and its endpoints.
public final class CompanySetup {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ApiClient apiClient;
  private final String path;

  /// A setup of the company with this id.
  public CompanySetup(ApiClient apiClient, long companyId) {
    this.apiClient = apiClient;
    this.path = "/companies/" + companyId;
  }

  /// Creates the company and enables its webhooks.
  public void createCompany(String name) {
    apiClient.put(path, JSON.createObjectNode().put("name", name));
    apiClient.patch(path, JSON.createObjectNode().put("webhooks_enabled", true));
  }

  /// Creates an endpoint that is subscribed to these events.
  ///
  /// @return the endpoint with its `secret`
  public JsonNode createEndpoint(String url, List<String> events) {
    ObjectNode endpoint = JSON.createObjectNode().put("url", url);
    events.forEach(endpoint.putArray("events")::add);
    return apiClient.post(path + "/endpoints", endpoint);
  }

  /// Pauses an endpoint.
  public void pauseEndpoint(String endpointId) {
    apiClient.patch(path + "/endpoints/" + endpointId, JSON.createObjectNode().put("paused", true));
  }
}
