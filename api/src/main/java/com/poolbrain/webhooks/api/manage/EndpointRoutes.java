package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import com.poolbrain.webhooks.domain.Limits;
import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.http.QueryParams;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.EndpointRules;
import com.poolbrain.webhooks.management.Repositories;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.store.Page;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.Created;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.LimitReached;
import com.poolbrain.webhooks.store.config.Endpoints.CreateResult.UnknownCompany;
import com.poolbrain.webhooks.store.config.NewEndpoint;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Endpoints of a company, and their secrets.
final class EndpointRoutes {

  static final String ENDPOINTS_PATH = CompanyRoutes.COMPANY_PATH + "/endpoints";
  static final String ENDPOINT_PATH = ENDPOINTS_PATH + "/{endpoint_id}";

  private static final String SECRET_PATH = ENDPOINT_PATH + "/secret";

  private final Repositories repositories;
  private final Engine engine;
  private final EndpointRules rules;
  private final EndpointRequestParser parser;

  EndpointRoutes(Repositories repositories, Engine engine, EndpointRules rules) {
    this.repositories = repositories;
    this.engine = engine;
    this.rules = rules;
    this.parser = new EndpointRequestParser(rules);
  }

  List<Route> routes() {
    return List.of(
        Route.post(ENDPOINTS_PATH, Scope.MANAGE, this::create),
        Route.get(ENDPOINTS_PATH, Scope.READ, this::list),
        Route.get(ENDPOINT_PATH, Scope.READ, this::get),
        Route.patch(ENDPOINT_PATH, Scope.MANAGE, this::update),
        Route.delete(ENDPOINT_PATH, Scope.MANAGE, this::delete),
        Route.get(SECRET_PATH, Scope.MANAGE, this::revealSecret));
  }

  /// The id of the endpoint in the path.
  static UUID endpointId(Request request) {
    return request.pathId("endpoint_id", "endpoint");
  }

  /// 404 for an endpoint that the company does not have.
  static ProblemException endpointNotFound(long company, UUID id) {
    return new ProblemException(
        Problem.notFound("Company %d has no endpoint %s.".formatted(company, id)));
  }

  /// 409 for what needs a secret that can't be read.
  static ProblemException unreadableSecret() {
    return new ProblemException(Problem.conflict(SecretsView.UNREADABLE_MESSAGE));
  }

  private Response create(Request request) throws InterruptedException {
    long company = request.companyId();
    NewEndpoint newEndpoint = parser.parseNewEndpoint(request.jsonFields(), company);
    return switch (repositories
        .endpoints()
        .create(newEndpoint, ManagementRoutes.actorName(request.principal()))) {
      case Created(var endpoint) -> {
        engine.refreshConfig();
        yield Response.created(
            "/api/v1/companies/%d/endpoints/%s".formatted(company, endpoint.id()),
            EndpointView.created(endpoint));
      }
      case LimitReached _ ->
          throw new ProblemException(
              Problem.conflict(
                  "A company has at most %d endpoints; delete one that is not used any more."
                      .formatted(Limits.MAX_ENDPOINTS_PER_COMPANY)));
      case UnknownCompany _ ->
          throw new ProblemException(Request.companyNotFound(Long.toString(company)));
    };
  }

  private Response list(Request request) {
    long company = request.companyId();
    QueryParams queryParams = request.queryParams();
    CursorPaging<UUID> cursorPaging =
        CursorPaging.parse(queryParams, "endpoints " + company, UUID::fromString);
    queryParams.rejectInvalid();
    CompanyRoutes.requireFound(repositories.companies().get(company), company);
    UUID after = cursorPaging.position();
    Page<Endpoint> page = repositories.endpoints().list(company, after, cursorPaging.limit());
    Map<UUID, Health> healthById = repositories.health().read(company, page.items());
    return Response.ok(
        new ListView<>(
            page.items().stream().map(endpoint -> toView(endpoint, healthById)).toList(),
            page.hasMore()
                ? cursorPaging.cursorAfter(page.items().getLast().id().toString())
                : null));
  }

  private Response get(Request request) {
    long company = request.companyId();
    UUID id = endpointId(request);
    Endpoint endpoint = repositories.endpoints().get(company, id);
    if (endpoint == null) {
      throw endpointNotFound(company, id);
    }
    return toResponse(endpoint);
  }

  private Response update(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = endpointId(request);
    Endpoint updated =
        repositories
            .endpoints()
            .update(
                company,
                id,
                parser.parseUpdate(request.jsonFields()),
                ManagementRoutes.actorName(request.principal()));
    if (updated == null) {
      throw endpointNotFound(company, id);
    }
    engine.refreshConfig();
    return toResponse(updated);
  }

  private Response delete(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = endpointId(request);
    if (!repositories
        .endpoints()
        .delete(company, id, ManagementRoutes.actorName(request.principal()))) {
      throw endpointNotFound(company, id);
    }
    engine.refreshConfig();
    return Response.noContent();
  }

  private Response revealSecret(Request request) {
    long company = request.companyId();
    UUID id = endpointId(request);
    SigningSecrets signingSecrets =
        repositories
            .endpoints()
            .revealSecrets(company, id, ManagementRoutes.actorName(request.principal()));
    if (signingSecrets == null) {
      throw endpointNotFound(company, id);
    }
    if (!signingSecrets.isReadable()) {
      throw unreadableSecret();
    }
    return Response.ok(SecretsView.of(signingSecrets, rules.clock().instant()));
  }

  private Response toResponse(Endpoint endpoint) {
    return Response.ok(
        toView(endpoint, repositories.health().read(endpoint.companyId(), List.of(endpoint))));
  }

  private static EndpointView toView(Endpoint endpoint, Map<UUID, Health> healthById) {
    return EndpointView.of(
        endpoint, healthById.getOrDefault(endpoint.id(), Health.NEVER_DELIVERED));
  }
}
