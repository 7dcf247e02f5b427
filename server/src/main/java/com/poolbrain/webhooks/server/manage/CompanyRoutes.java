package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.Company;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.server.http.Fields;
import com.poolbrain.webhooks.server.http.Query;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.store.Companies;
import com.poolbrain.webhooks.store.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Companies and their "Use Webhooks" toggles.
final class CompanyRoutes {

  static final String COMPANIES = "/api/v1/companies";
  static final String COMPANY = COMPANIES + "/{company_id}";

  private static final int LONGEST_NAME = 200;

  private final Companies companies;
  private final Engine engine;

  CompanyRoutes(Companies companies, Engine engine) {
    this.companies = companies;
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.put(COMPANY, Scope.MANAGE, this::put),
        Route.get(COMPANY, Scope.READ, this::get),
        Route.patch(COMPANY, Scope.MANAGE, this::toggle),
        Route.get(COMPANIES, Scope.READ, this::list).openToBoundKeys());
  }

  /// 404 unless the company is there.
  static Company require(@Nullable Company company, long id) {
    if (company == null) {
      throw new Refusal(Request.noCompany(Long.toString(id)));
    }
    return company;
  }

  private Response put(Request request) throws InterruptedException {
    long id = request.companyId();
    Fields fields = request.fields();
    String name = fields.text("name", LONGEST_NAME);
    fields.end();
    Companies.Put put = companies.put(id, name, Management.actor(request.caller()));
    engine.refresh();
    return put.created()
        ? Response.created(COMPANIES + "/" + id, put.company())
        : Response.ok(put.company());
  }

  private Response get(Request request) {
    long id = request.companyId();
    return Response.ok(require(companies.get(id), id));
  }

  private Response toggle(Request request) throws InterruptedException {
    long id = request.companyId();
    Fields fields = request.fields();
    Boolean enabled = fields.optionalFlag("webhooks_enabled");
    if (enabled == null) {
      fields.missing("webhooks_enabled", "true or false");
    }
    fields.end();
    boolean on = Boolean.TRUE.equals(enabled);
    Company company = require(companies.toggle(id, on, Management.actor(request.caller())), id);
    engine.refresh();
    return Response.ok(company);
  }

  private Response list(Request request) {
    Long only = request.caller().companyId();
    Query query = request.query();
    Paging<Long> paging = Paging.of(query, "companies " + only, Long::valueOf);
    query.end();
    if (only != null) {
      return Response.ok(new ListView<>(List.of(require(companies.get(only), only)), null));
    }
    long after = paging.position() == null ? 0 : paging.position();
    Page<Company> page = companies.list(after, paging.limit());
    return Response.ok(
        new ListView<>(
            page.items(),
            page.more() ? paging.cursor(Long.toString(page.items().getLast().id())) : null));
  }
}
