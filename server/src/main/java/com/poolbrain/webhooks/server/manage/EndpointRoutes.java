package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.Secrets;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Query;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.store.Endpoints.Creation.Created;
import com.poolbrain.webhooks.store.Endpoints.Creation.Full;
import com.poolbrain.webhooks.store.Endpoints.Creation.NoCompany;
import com.poolbrain.webhooks.store.NewEndpoint;
import com.poolbrain.webhooks.store.Page;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Endpoints of a company, and their secrets.
final class EndpointRoutes {

  static final String ENDPOINTS = CompanyRoutes.COMPANY + "/endpoints";
  static final String ENDPOINT = ENDPOINTS + "/{endpoint_id}";

  private static final String SECRET = ENDPOINT + "/secret";

  private final Stores stores;
  private final Engine engine;
  private final EndpointRules rules;
  private final EndpointReader reader;

  EndpointRoutes(Stores stores, Engine engine, EndpointRules rules) {
    this.stores = stores;
    this.engine = engine;
    this.rules = rules;
    this.reader = new EndpointReader(rules);
  }

  List<Route> routes() {
    return List.of(
        Route.post(ENDPOINTS, Scope.MANAGE, this::create),
        Route.get(ENDPOINTS, Scope.READ, this::list),
        Route.get(ENDPOINT, Scope.READ, this::get),
        Route.patch(ENDPOINT, Scope.MANAGE, this::edit),
        Route.delete(ENDPOINT, Scope.MANAGE, this::delete),
        Route.get(SECRET, Scope.MANAGE, this::reveal));
  }

  /// The id of the endpoint in the path.
  static UUID id(Request request) {
    return request.id("endpoint_id", "endpoint");
  }

  /// 404 for an endpoint that the company does not have.
  static Refusal unknown(long company, UUID id) {
    return new Refusal(Problem.notFound("Company %d has no endpoint %s.".formatted(company, id)));
  }

  /// 409 for what needs a secret that can't be read.
  static Refusal unreadable() {
    return new Refusal(Problem.conflict(SecretsView.UNREADABLE));
  }

  private Response create(Request request) throws InterruptedException {
    long company = request.companyId();
    NewEndpoint wanted = reader.create(request.fields(), company);
    return switch (stores.endpoints().create(wanted, Management.actor(request.caller()))) {
      case Created(var endpoint) -> {
        engine.refresh();
        yield Response.created(
            "/api/v1/companies/%d/endpoints/%s".formatted(company, endpoint.id()),
            EndpointView.created(endpoint));
      }
      case Full _ ->
          throw new Refusal(
              Problem.conflict(
                  "A company has at most %d endpoints; delete one that is not used any more."
                      .formatted(Limits.ENDPOINTS)));
      case NoCompany _ -> throw new Refusal(Request.noCompany(Long.toString(company)));
    };
  }

  private Response list(Request request) {
    long company = request.companyId();
    Query query = request.query();
    Paging<UUID> paging = Paging.of(query, "endpoints " + company, UUID::fromString);
    query.end();
    CompanyRoutes.require(stores.companies().get(company), company);
    UUID after = paging.position();
    Page<Endpoint> page = stores.endpoints().list(company, after, paging.limit());
    Map<UUID, Health> healths = stores.health().of(company, page.items());
    return Response.ok(
        new ListView<>(
            page.items().stream().map(e -> view(e, healths)).toList(),
            page.more() ? paging.cursor(page.items().getLast().id().toString()) : null));
  }

  private Response get(Request request) {
    long company = request.companyId();
    UUID id = id(request);
    Endpoint endpoint = stores.endpoints().get(company, id);
    if (endpoint == null) {
      throw unknown(company, id);
    }
    return shown(endpoint);
  }

  private Response edit(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = id(request);
    Endpoint edited =
        stores
            .endpoints()
            .edit(company, id, reader.edit(request.fields()), Management.actor(request.caller()));
    if (edited == null) {
      throw unknown(company, id);
    }
    engine.refresh();
    return shown(edited);
  }

  private Response delete(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = id(request);
    if (!stores.endpoints().delete(company, id, Management.actor(request.caller()))) {
      throw unknown(company, id);
    }
    engine.refresh();
    return Response.noContent();
  }

  private Response reveal(Request request) {
    long company = request.companyId();
    UUID id = id(request);
    Secrets secrets = stores.endpoints().reveal(company, id, Management.actor(request.caller()));
    if (secrets == null) {
      throw unknown(company, id);
    }
    if (!secrets.readable()) {
      throw unreadable();
    }
    return Response.ok(SecretsView.of(secrets, rules.clock().instant()));
  }

  private Response shown(Endpoint endpoint) {
    return Response.ok(view(endpoint, stores.health().of(endpoint.companyId(), List.of(endpoint))));
  }

  private static EndpointView view(Endpoint endpoint, Map<UUID, Health> healths) {
    return EndpointView.of(endpoint, healths.getOrDefault(endpoint.id(), Health.NEVER_DELIVERED));
  }
}
