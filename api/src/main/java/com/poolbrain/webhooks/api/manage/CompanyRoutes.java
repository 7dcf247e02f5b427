package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.http.JsonFields;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.http.QueryParams;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.Companies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Companies and their "Use Webhooks" toggles.
final class CompanyRoutes {

  static final String COMPANIES_PATH = "/api/v1/companies";
  static final String COMPANY_PATH = COMPANIES_PATH + "/{company_id}";

  private static final int MAX_NAME_LENGTH = 200;

  private final Companies companies;
  private final Engine engine;

  CompanyRoutes(Companies companies, Engine engine) {
    this.companies = companies;
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.put(COMPANY_PATH, Scope.MANAGE, this::put),
        Route.get(COMPANY_PATH, Scope.READ, this::get),
        Route.patch(COMPANY_PATH, Scope.MANAGE, this::setWebhooksEnabled),
        Route.get(COMPANIES_PATH, Scope.READ, this::list).withCompanyKeysAllowed());
  }

  /// 404 unless the company is there.
  static Company requireFound(@Nullable Company company, long id) {
    if (company == null) {
      throw new ProblemException(Request.companyNotFound(Long.toString(id)));
    }
    return company;
  }

  private Response put(Request request) throws InterruptedException {
    long id = request.companyId();
    JsonFields jsonFields = request.jsonFields();
    String name = jsonFields.text("name", MAX_NAME_LENGTH);
    jsonFields.rejectInvalid();
    Companies.PutResult putResult =
        companies.put(id, name, ManagementRoutes.actorName(request.principal()));
    engine.refreshConfig();
    return putResult.created()
        ? Response.created(COMPANIES_PATH + "/" + id, putResult.company())
        : Response.ok(putResult.company());
  }

  private Response get(Request request) {
    long id = request.companyId();
    return Response.ok(requireFound(companies.get(id), id));
  }

  private Response setWebhooksEnabled(Request request) throws InterruptedException {
    long id = request.companyId();
    JsonFields jsonFields = request.jsonFields();
    Boolean enabled = jsonFields.optionalBoolean("webhooks_enabled");
    if (enabled == null) {
      jsonFields.addMissing("webhooks_enabled", "true or false");
    }
    jsonFields.rejectInvalid();
    boolean isEnabled = Boolean.TRUE.equals(enabled);
    Company company =
        requireFound(
            companies.setWebhooksEnabled(
                id, isEnabled, ManagementRoutes.actorName(request.principal())),
            id);
    engine.refreshConfig();
    return Response.ok(company);
  }

  private Response list(Request request) {
    Long boundCompanyId = request.principal().companyId();
    QueryParams queryParams = request.queryParams();
    CursorPaging<Long> cursorPaging =
        CursorPaging.parse(queryParams, "companies " + boundCompanyId, Long::valueOf);
    queryParams.rejectInvalid();
    if (boundCompanyId != null) {
      return Response.ok(
          new ListView<>(
              List.of(requireFound(companies.get(boundCompanyId), boundCompanyId)), null));
    }
    long after = cursorPaging.position() == null ? 0 : cursorPaging.position();
    Page<Company> page = companies.list(after, cursorPaging.limit());
    return Response.ok(
        new ListView<>(
            page.items(),
            page.hasMore()
                ? cursorPaging.cursorAfter(Long.toString(page.items().getLast().id()))
                : null));
  }
}
