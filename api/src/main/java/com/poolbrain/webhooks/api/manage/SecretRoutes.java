package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.companyId;
import static com.poolbrain.webhooks.api.access.ApiRequests.principal;
import static com.poolbrain.webhooks.api.manage.EndpointRoutes.endpointId;

import com.poolbrain.webhooks.api.access.ApiRequests;
import com.poolbrain.webhooks.api.access.ApiResponses;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.input.JsonFields;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.secret.SecretManagement;
import java.util.List;

/// Routes of the secrets of endpoints.
public final class SecretRoutes {

  private static final String SECRET_PATH = EndpointRoutes.ENDPOINT_PATH + "/secret";

  private final SecretManagement secrets;

  public SecretRoutes(SecretManagement secrets) {
    this.secrets = secrets;
  }

  public List<HttpRoute> routes() {
    var change = OperationAccess.to(Operation.CHANGE_SECRET);
    return List.of(
        HttpRoute.get(SECRET_PATH, OperationAccess.to(Operation.REVEAL_SECRET), this::reveal),
        HttpRoute.post(SECRET_PATH + "/roll", change, this::roll),
        HttpRoute.post(SECRET_PATH + "/cancel-roll", change, this::cancelRoll),
        HttpRoute.post(SECRET_PATH + "/activate", change, this::activate),
        HttpRoute.post(SECRET_PATH + "/revoke-previous", change, this::revokePrevious));
  }

  private Response reveal(Request request) {
    return ApiResponses.orConflict(
        secrets.reveal(principal(request), companyId(request), endpointId(request)),
        revealed -> Response.ok(SecretsView.of(revealed)));
  }

  private Response roll(Request request) throws InterruptedException {
    JsonFields fields = request.optionalJsonFields();
    String chosen = fields.text("secret");
    ApiRequests.rejectInvalid(fields, SecretManagement.validate(chosen));
    return ApiResponses.orConflict(
        secrets.roll(principal(request), companyId(request), endpointId(request), chosen),
        Response::ok);
  }

  private Response cancelRoll(Request request) throws InterruptedException {
    request.optionalJsonFields().rejectInvalid();
    return ApiResponses.orConflict(
        secrets.cancelRoll(principal(request), companyId(request), endpointId(request)),
        _ -> Response.noContent());
  }

  private Response activate(Request request) throws InterruptedException {
    JsonFields fields = request.optionalJsonFields();
    Long overlapSeconds = fields.number("overlap_seconds");
    ApiRequests.rejectInvalid(fields, SecretManagement.validateOverlap(overlapSeconds));
    return ApiResponses.orConflict(
        secrets.activate(
            principal(request), companyId(request), endpointId(request), overlapSeconds),
        Response::ok);
  }

  private Response revokePrevious(Request request) throws InterruptedException {
    request.optionalJsonFields().rejectInvalid();
    return ApiResponses.orConflict(
        secrets.revokePrevious(principal(request), companyId(request), endpointId(request)),
        _ -> Response.noContent());
  }
}
