package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.CompanyManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.store.Page;
import java.util.List;

/// Routes of companies.
public final class CompanyRoutes {

  static final String COMPANIES_PATH = "/api/v1/companies";
  static final String COMPANY_PATH = COMPANIES_PATH + "/{company_id}";

  private final CompanyManagement companies;

  /// The answer of `GET`, with how much the company has now.
  private record CompanyView(
      long id, String name, boolean webhooksEnabled, long endpoints, long pending, long retrying) {

    static CompanyView of(CompanyManagement.CompanyState state) {
      Company company = state.company();
      return new CompanyView(
          company.id(),
          company.name(),
          company.webhooksEnabled(),
          state.endpoints(),
          state.open().pending(),
          state.open().retrying());
    }
  }

  public CompanyRoutes(CompanyManagement companies) {
    this.companies = companies;
  }

  public List<HttpRoute> routes() {
    var read = OperationAccess.to(Operation.READ_COMPANY);
    var change = OperationAccess.to(Operation.CHANGE_COMPANY);
    return List.of(
        HttpRoute.put(COMPANY_PATH, change, this::put),
        HttpRoute.get(COMPANY_PATH, read, this::get),
        HttpRoute.patch(COMPANY_PATH, change, this::setWebhooksEnabled),
        HttpRoute.get(COMPANIES_PATH, OperationAccess.to(Operation.LIST_COMPANIES), this::list));
  }

  private Response put(Request request) throws InterruptedException {
    JsonFields fields = request.jsonFields();
    String name = fields.text("name");
    ApiRequests.rejectInvalid(fields, CompanyManagement.validateName(name));
    return ApiResponses.orConflict(
        companies.put(principal(request), companyId(request), String.valueOf(name)),
        result ->
            result.created()
                ? Response.created(COMPANIES_PATH + "/" + result.company().id(), result.company())
                : Response.ok(result.company()));
  }

  private Response get(Request request) {
    return Response.ok(CompanyView.of(companies.getState(principal(request), companyId(request))));
  }

  private Response setWebhooksEnabled(Request request) throws InterruptedException {
    JsonFields fields = request.jsonFields();
    Boolean enabled = fields.bool("webhooks_enabled");
    if (enabled == null) {
      fields.addError("/webhooks_enabled", "Is missing; send true or false.");
    }
    fields.rejectInvalid();
    return Response.ok(
        companies.setWebhooksEnabled(
            principal(request), companyId(request), Boolean.TRUE.equals(enabled)));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    CursorPaging<Long> paging =
        CursorPaging.parse(query, "companies " + principal(request).companyId(), Long::valueOf);
    query.rejectInvalid();
    long after = paging.position() == null ? 0 : paging.position();
    Page<Company> page = companies.list(principal(request), after, paging.limit());
    return Response.ok(
        paging.toList(page, company -> company, company -> Long.toString(company.id())));
  }
}
