package com.poolbrain.webhooks.web.page;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The endpoints of a company, for what names them by id.
public final class EndpointNames {

  private final Map<UUID, Endpoint> byId = new LinkedHashMap<>();

  private EndpointNames(List<EndpointWithHealth> endpoints) {
    endpoints.forEach(found -> byId.put(found.endpoint().id(), found.endpoint()));
  }

  /// The endpoints of the company of a request.
  public static EndpointNames of(EndpointManagement endpoints, CompanyRequest request) {
    return new EndpointNames(
        endpoints
            .list(request.principal(), request.companyId(), null, Limits.MAX_ENDPOINTS_PER_COMPANY)
            .items());
  }

  /// The endpoint; null if it was deleted.
  public @Nullable Endpoint find(UUID id) {
    return byId.get(id);
  }

  /// The host of its URL.
  public String host(UUID id) {
    Endpoint endpoint = byId.get(id);
    return endpoint == null ? "a deleted endpoint" : String.valueOf(endpoint.url().getAuthority());
  }

  /// The whole URL.
  public String url(UUID id) {
    Endpoint endpoint = byId.get(id);
    return endpoint == null ? "deleted endpoint " + id : endpoint.url().toString();
  }

  /// Options of a list, by id. Endpoints of one host differ by their paths.
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    for (Endpoint endpoint : byId.values()) {
      boolean isAlone =
          byId.values().stream()
                  .filter(other -> host(other.id()).equals(host(endpoint.id())))
                  .count()
              == 1;
      String url = endpoint.url().toString();
      options.put(
          endpoint.id().toString(),
          isAlone ? host(endpoint.id()) : url.substring(url.indexOf("//") + 2));
    }
    return options;
  }
}
