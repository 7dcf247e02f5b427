package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.StatisticsManagement;
import java.util.List;
import java.util.Objects;

/// Routes of statistics.
public final class StatisticsRoutes {

  private final StatisticsManagement statistics;

  public StatisticsRoutes(StatisticsManagement statistics) {
    this.statistics = statistics;
  }

  public List<HttpRoute> routes() {
    var access = OperationAccess.to(Operation.READ_STATISTICS);
    return List.of(
        HttpRoute.get(EndpointRoutes.ENDPOINT_PATH + "/stats", access, this::ofEndpoint),
        HttpRoute.get(CompanyRoutes.COMPANY_PATH + "/stats", access, this::ofCompany));
  }

  private Response ofEndpoint(Request request) {
    StatisticsWindow window = window(request);
    return Response.ok(
        StatisticsView.of(
            statistics.ofEndpoint(
                principal(request),
                companyId(request),
                EndpointRoutes.endpointId(request),
                window)));
  }

  private Response ofCompany(Request request) {
    StatisticsWindow window = window(request);
    return Response.ok(
        StatisticsView.of(statistics.ofCompany(principal(request), companyId(request), window)));
  }

  private static StatisticsWindow window(Request request) {
    QueryParams query = request.queryParams();
    String name = query.oneOf("window", StatisticsWindow.wireNames());
    query.rejectInvalid();
    return name == null
        ? StatisticsWindow.DAY
        : Objects.requireNonNull(StatisticsWindow.fromWireName(name));
  }
}
