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

  /// The host, with the path if the company has several endpoints of that host.
  public String label(UUID id) {
    String host = host(id);
    boolean isAlone = byId.keySet().stream().filter(other -> host(other).equals(host)).count() <= 1;
    String url = url(id);
    return isAlone || find(id) == null ? host : url.substring(url.indexOf("//") + 2);
  }

  /// Options of a list: the labels by id.
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    byId.keySet().forEach(id -> options.put(id.toString(), label(id)));
    return options;
  }
}
