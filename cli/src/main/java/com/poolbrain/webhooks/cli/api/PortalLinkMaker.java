package com.poolbrain.webhooks.cli.api;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes links into the settings page of a company.
public final class PortalLinkMaker {

  private static final String DEFAULT_USER = "command line";

  private final ApiClient apiClient;

  public PortalLinkMaker(ApiClient apiClient) {
    this.apiClient = apiClient;
  }

  /// A new link, good for one use.
  ///
  /// @param role `viewer` or `manager`
  public String make(long companyId, String role) {
    String login = System.getProperty("user.name");
    JsonNode body =
        JsonMapper.shared()
            .valueToTree(
                Map.of(
                    "role", role, "user", login == null || login.isBlank() ? DEFAULT_USER : login));
    return apiClient.post("/companies/" + companyId + "/portal-links", body).path("url").asString();
  }
}
