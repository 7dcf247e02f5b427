package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.http.input.QueryParams;
import com.poolbrain.webhooks.management.EndpointInput;
import com.poolbrain.webhooks.management.EndpointManagement;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.management.Field;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.store.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Routes of endpoints.
public final class EndpointRoutes {

  static final String ENDPOINTS_PATH = CompanyRoutes.COMPANY_PATH + "/endpoints";
  static final String ENDPOINT_PATH = ENDPOINTS_PATH + "/{endpoint_id}";

  private final EndpointManagement endpoints;

  public EndpointRoutes(EndpointManagement endpoints) {
    this.endpoints = endpoints;
  }

  public List<HttpRoute> routes() {
    var read = OperationAccess.to(Operation.READ_ENDPOINTS);
    var change = OperationAccess.to(Operation.CHANGE_ENDPOINTS);
    return List.of(
        HttpRoute.post(ENDPOINTS_PATH, change, this::create),
        HttpRoute.get(ENDPOINTS_PATH, read, this::list),
        HttpRoute.get(ENDPOINT_PATH, read, this::get),
        HttpRoute.patch(ENDPOINT_PATH, change, this::update),
        HttpRoute.delete(ENDPOINT_PATH, change, this::delete));
  }

  static UUID endpointId(Request request) {
    return request.pathId("endpoint_id", "endpoint");
  }

  private Response create(Request request) throws InterruptedException {
    JsonFields fields = request.jsonFields();
    EndpointInput input = parse(fields, false);
    ApiRequests.rejectInvalid(fields, endpoints.validateNew(input));
    return ApiResponses.orConflict(
        endpoints.create(principal(request), companyId(request), input),
        endpoint ->
            Response.created(
                    "%s/%d/endpoints/%s"
                        .formatted(
                            CompanyRoutes.COMPANIES_PATH, endpoint.companyId(), endpoint.id()),
                    EndpointView.created(endpoint))
                .withHeader("ETag", EntityTag.of(endpoint.version())));
  }

  private Response list(Request request) {
    QueryParams query = request.queryParams();
    CursorPaging<UUID> paging =
        CursorPaging.parse(query, "endpoints " + companyId(request), UUID::fromString);
    query.rejectInvalid();
    Page<EndpointWithHealth> page =
        endpoints.list(principal(request), companyId(request), paging.position(), paging.limit());
    return Response.ok(
        paging.toList(page, EndpointView::of, item -> item.endpoint().id().toString()));
  }

  private Response get(Request request) {
    return shown(endpoints.get(principal(request), companyId(request), endpointId(request)));
  }

  private Response update(Request request) throws InterruptedException {
    JsonFields fields = request.jsonFields();
    EndpointInput input = parse(fields, true);
    Long expectedVersion = EntityTag.expectedVersion(request);
    ApiRequests.rejectInvalid(fields, endpoints.validateChange(input));
    return ApiResponses.orConflict(
        endpoints.update(
            principal(request), companyId(request), endpointId(request), input, expectedVersion),
        EndpointRoutes::shown);
  }

  private static Response shown(EndpointWithHealth endpoint) {
    return Response.ok(EndpointView.of(endpoint))
        .withHeader("ETag", EntityTag.of(endpoint.endpoint().version()));
  }

  private Response delete(Request request) throws InterruptedException {
    endpoints.delete(principal(request), companyId(request), endpointId(request));
    return Response.noContent();
  }

  /// @param isChange whether the endpoint exists; only a change may pause it or restore defaults
  private static EndpointInput parse(JsonFields fields, boolean isChange) {
    return new EndpointInput(
        field(fields, "url", fields::text),
        field(fields, "events", fields::texts),
        resettable(fields, isChange, "description", fields::text),
        isChange ? field(fields, "paused", fields::bool) : Field.absent(),
        field(fields, "secret", fields::text),
        resettable(fields, isChange, "timeout_seconds", fields::number),
        resettable(fields, isChange, "max_concurrency", fields::number),
        resettable(fields, isChange, "rate_per_second", fields::decimal),
        field(fields, "standard_webhooks", fields::bool),
        field(fields, "trace_context", fields::bool),
        field(fields, "alert_emails", fields::texts));
  }

  /// A field that a change sets back to its default with `null`.
  private static <T> Field<T> resettable(
      JsonFields fields, boolean isChange, String name, Function<String, @Nullable T> reader) {
    return isChange && fields.isNull(name) ? new Field<>(true, null) : field(fields, name, reader);
  }

  private static <T> Field<T> field(
      JsonFields fields, String name, Function<String, @Nullable T> reader) {
    return new Field<>(fields.has(name), reader.apply(name));
  }
}
