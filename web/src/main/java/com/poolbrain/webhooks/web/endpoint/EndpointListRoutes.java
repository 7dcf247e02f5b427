package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.web.page.CompanyPages;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Tab;
import java.util.List;
import java.util.Locale;

/// The tab Endpoints.
public final class EndpointListRoutes {

  private final CompanyPages pages;
  private final EndpointManagement endpoints;
  private final Subscription subscription;

  public EndpointListRoutes(
      CompanyPages pages, EndpointManagement endpoints, EventTypeRegistry eventTypes) {
    this.pages = pages;
    this.endpoints = endpoints;
    this.subscription = new Subscription(eventTypes);
  }

  public List<HttpRoute> routes() {
    return List.of(pages.get("", Operation.READ_ENDPOINTS, this::list));
  }

  private Response list(CompanyRequest request) {
    List<EndpointWithHealth> all =
        endpoints
            .list(request.principal(), request.companyId(), null, Limits.MAX_ENDPOINTS_PER_COMPANY)
            .items();
    String search = request.query().text("q").strip();
    List<EndpointRow> rows =
        all.stream()
            .filter(found -> matches(found, search.toLowerCase(Locale.ROOT)))
            .map(found -> EndpointRow.of(found, subscription, request.paths()))
            .toList();
    return pages.show(
        request,
        Tab.ENDPOINTS,
        "Endpoints",
        "endpoint/list.jte",
        new EndpointListView(rows, all.size(), Limits.MAX_ENDPOINTS_PER_COMPANY, search));
  }

  private static boolean matches(EndpointWithHealth found, String search) {
    String text = found.endpoint().url() + " " + found.endpoint().description();
    return text.toLowerCase(Locale.ROOT).contains(search);
  }
}
